package lastack.cli.census;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lastack.model.IpAddress;
import lastack.model.SocketView;
import org.jspecify.annotations.Nullable;

/** Counts the sockets of each group while they stream by, and remembers the counts of the last looks. */
final class Tally {
    /** The socket belongs to no group, as a listener. */
    static final int NONE = -1;

    /** A crawler has another peer for each connection: only so many groups are kept apart, the others share one for each owner. */
    private static final int MOST = 1_000;

    /** So many are made ready to be shown. */
    private static final int MOST_SHOWN = 200;

    private static final Comparator<Entry> WORST_FIRST = Comparator.comparingInt(
                    (Entry entry) -> Order.rank(entry.circle.state()))
            .thenComparing(Comparator.comparingInt((Entry entry) -> entry.count).reversed())
            .thenComparing(entry -> entry.circle.owner())
            .thenComparingInt(entry -> entry.circle.port());

    private final Map<Circle, Integer> numbers = new HashMap<>();
    private final List<@Nullable Entry> entries = new ArrayList<>();
    private final List<Integer> vacant = new ArrayList<>();

    /** The number of a group, which stays its own as long as it is seen now and then. */
    int number(Circle circle) {
        Integer known = numbers.get(circle);
        if (known == null && numbers.size() >= MOST) {
            Circle shared = circle.withAnyPeer();
            known = numbers.get(shared);
            return known == null ? enter(shared) : known;
        }
        return known == null ? enter(circle) : known;
    }

    private int enter(Circle circle) {
        int number = vacant.isEmpty() ? entries.size() : vacant.removeLast();
        if (number == entries.size()) {
            entries.add(null);
        }
        entries.set(number, new Entry(circle));
        numbers.put(circle, number);
        return number;
    }

    /** What the sockets of a group have in common, or null. */
    @Nullable
    Circle circle(int number) {
        Entry entry = number == NONE ? null : entries.get(number);
        return entry == null ? null : entry.circle;
    }

    /** Counts one more socket. */
    void count(int number, SocketView socket, long ageMillis) {
        Entry entry = entries.get(number);
        if (entry != null) {
            entry.count(socket, ageMillis);
        }
    }

    /** The look is over: the groups that have a socket now, the worst first. Those long empty are forgotten. */
    List<Group> close() {
        List<Entry> present = new ArrayList<>();
        for (int number = 0; number < entries.size(); number++) {
            Entry entry = entries.get(number);
            if (entry != null && entry.endLook()) {
                numbers.remove(entry.circle);
                entries.set(number, null);
                vacant.add(number);
            } else if (entry != null && entry.count > 0) {
                present.add(entry);
            }
        }
        present.sort(WORST_FIRST);
        List<Group> groups =
                present.stream().limit(MOST_SHOWN).map(Entry::group).toList();
        present.forEach(Entry::beginLook);
        return groups;
    }

    private static final class Entry {
        private final Circle circle;
        private final Deque<Integer> counts = new ArrayDeque<>(Trend.LENGTH);
        private int emptyLooks;
        private int count;
        private long oldestMillis = -1;
        private @Nullable IpAddress client;
        private boolean severalClients;

        Entry(Circle circle) {
            this.circle = circle;
        }

        void count(SocketView socket, long ageMillis) {
            count++;
            oldestMillis = Math.max(oldestMillis, ageMillis);
            if (circle.peer() == null && !severalClients) {
                IpAddress peer = socket.peer().address();
                severalClients = client != null && !client.equals(peer);
                client = peer;
            }
        }

        /** Notes the count; true when there has been none for so long that nothing of it would be seen. */
        boolean endLook() {
            if (counts.size() == Trend.LENGTH) {
                counts.removeFirst();
            }
            counts.addLast(count);
            emptyLooks = count == 0 ? emptyLooks + 1 : 0;
            return emptyLooks >= Trend.LENGTH;
        }

        Group group() {
            return new Group(
                    circle,
                    circle.between(severalClients ? null : client),
                    count,
                    oldestMillis,
                    new Trend(List.copyOf(counts)));
        }

        void beginLook() {
            count = 0;
            oldestMillis = -1;
            client = null;
            severalClients = false;
        }
    }
}
