package lastack.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import lastack.model.Endpoint;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/**
 * How a command names the sockets of a group, so that it means no other one whenever it is used.
 *
 * <p>A few are named by their cookies. Of many, where their ages are known, a filter says what they have in common and before which
 * moment they entered their state; whoever was there then and is not of the group is left out by its cookie. Where that cannot
 * be said all are named, in runs of cookies without a gap: the kernel gives each away once, but not in the order of time
 * (every CPU has a stock of its own, {@code linux/cookie.h}), so that what lies in a gap may be given to another one later.
 *
 * @param words the words of the filter, as a shell takes them
 * @param caution what speaks against the command besides, beginning with a semicolon; may be empty
 */
record GroupTarget(String words, String caution) {
    /** Of so few each is named. */
    private static final int NAMED_ONE_BY_ONE = 8;

    /** More is more than a command line should have. */
    private static final int MOST_NAMED = 1_000;

    /** The kernel's ages may be too high by one of its ticks, at most ten milliseconds. */
    private static final long TICKS_MILLIS = 50;

    /**
     * The target.
     *
     * @param members the sockets of the group, the oldest first
     * @param circle the cookies of all sockets of the same kin and owner, these among them
     * @param lookedAtMillis when the look began that found them, in time since boot
     */
    static GroupTarget of(Verdict verdict, Kin kin, List<TcpSocket> members, Set<Long> circle, long lookedAtMillis) {
        String common = members.size() <= NAMED_ONE_BY_ONE ? null : common(verdict, kin, members);
        if (common == null) {
            return named(members);
        }
        String entered = " 'entered <= " + (lookedAtMillis - TICKS_MILLIS) + "ms'";
        return new GroupTarget(
                common + entered + besides(cookies(members), circle), "; what joins this group later is left out");
    }

    private static GroupTarget named(List<TcpSocket> members) {
        List<TcpSocket> some = members.subList(0, Math.min(MOST_NAMED, members.size()));
        String words = runs(cookies(some), (from, to) -> to == from + 1);
        if (some.size() < members.size()) {
            return new GroupTarget(words, "; only the " + some.size() + " oldest are meant, ask again for the rest");
        }
        return new GroupTarget(words, "");
    }

    /** What all have in common that no socket of another verdict has; null where that cannot be said. */
    private static @Nullable String common(Verdict verdict, Kin kin, List<TcpSocket> members) {
        TcpSocket first = members.getFirst();
        String queue = switch (verdict) {
            case EOF_NEVER_READ -> " recvq = 1";
            case EOF_READ_NOT_CLOSED -> " recvq = 0";
            case UNREAD_DATA -> " 'recvq > 1'";
            case OWNER_STOPPED, PEER_NEVER_CLOSED -> "";
            case UNACCEPTED -> " unaccepted";
            default -> null;
        };
        boolean ofNoOne = first.owners().isEmpty() && first.inode() != 0;
        if (queue == null || ofNoOne || !members.stream().allMatch(GroupTarget::isOfKnownAge)) {
            return null;
        }
        return "state " + first.state().label().toLowerCase(Locale.ROOT) + owned(first) + queue + ends(kin);
    }

    private static boolean isOfKnownAge(TcpSocket socket) {
        return Words.isAtLeast(socket.age(), 0);
    }

    private static String owned(TcpSocket socket) {
        if (socket.owners().isEmpty()) {
            return socket.orphan() ? " orphan" : "";
        }
        return " pid = " + socket.owners().getFirst().pid();
    }

    private static String ends(Kin kin) {
        return kin.served()
                ? " dst " + kin.peer() + " sport = :" + kin.port()
                : " dst " + Counsel.word(new Endpoint(kin.peer(), kin.port()).toString());
    }

    /** Leaves out those of the circle that are not members; empty where all are. */
    private static String besides(NavigableSet<Long> members, Set<Long> circle) {
        NavigableSet<Long> strangers = new TreeSet<>(circle);
        strangers.removeAll(members);
        return strangers.isEmpty()
                ? ""
                : " '(' "
                        + runs(members, (from, to) -> strangers.subSet(from, to).isEmpty()) + " ')'";
    }

    private static NavigableSet<Long> cookies(List<TcpSocket> sockets) {
        NavigableSet<Long> cookies = new TreeSet<>();
        sockets.forEach(socket -> cookies.add(socket.id().cookie()));
        return cookies;
    }

    private interface Bridge {
        boolean mayLead(long from, long to);
    }

    /** {@code cookie = 1001 or cookie ge 1005 cookie le 1009}. */
    private static String runs(NavigableSet<Long> cookies, Bridge bridge) {
        List<String> runs = new ArrayList<>();
        long start = cookies.first();
        long last = start;
        for (long cookie : cookies.tailSet(start, false)) {
            if (!bridge.mayLead(last, cookie)) {
                runs.add(run(start, last));
                start = cookie;
            }
            last = cookie;
        }
        runs.add(run(start, last));
        return String.join(" or ", runs);
    }

    private static String run(long first, long last) {
        return first == last
                ? "cookie = " + Long.toHexString(first)
                : "cookie ge " + Long.toHexString(first) + " cookie le " + Long.toHexString(last);
    }
}
