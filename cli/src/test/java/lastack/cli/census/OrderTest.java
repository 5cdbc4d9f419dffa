package lastack.cli.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;

final class OrderTest {
    @Test
    void whatAProgramHoldsComesBeforeWhatEndsByItself() {
        List<TcpState> sorted = Arrays.stream(TcpState.values())
                .sorted(Comparator.comparingInt(Order::rank))
                .toList();

        assertThat(sorted).startsWith(TcpState.CLOSE_WAIT, TcpState.LAST_ACK);
        assertThat(sorted.indexOf(TcpState.TIME_WAIT)).isLessThan(sorted.indexOf(TcpState.ESTABLISHED));
    }

    @Test
    void goesRound() {
        Order order = Order.STATE;
        for (int i = 0; i < Order.values().length; i++) {
            order = order.next();
        }

        assertThat(order).isEqualTo(Order.STATE);
    }
}
