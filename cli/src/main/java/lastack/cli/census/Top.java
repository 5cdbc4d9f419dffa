package lastack.cli.census;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import lastack.model.TcpSocket;

/** The first of very many sockets by some order; the others are never copied. */
final class Top {
    private static final Comparator<Row> LIGHTEST_FIRST = Comparator.comparingLong(Row::weight)
            .thenComparing(Comparator.comparingLong(Row::cookie).reversed());

    private final PriorityQueue<Row> rows = new PriorityQueue<>(LIGHTEST_FIRST);
    private final int most;

    private record Row(long weight, long cookie, TcpSocket socket) {}

    Top(int most) {
        this.most = most;
    }

    void offer(long weight, long cookie, Supplier<TcpSocket> socket) {
        if (rows.size() < most) {
            rows.add(new Row(weight, cookie, socket.get()));
        } else if (weight > rows.element().weight) {
            rows.remove();
            rows.add(new Row(weight, cookie, socket.get()));
        }
    }

    /** The heaviest first. */
    List<TcpSocket> sockets() {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(LIGHTEST_FIRST.reversed());
        return sorted.stream().map(Row::socket).toList();
    }
}
