package lastack.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lastack.model.Age;
import lastack.model.Endpoint;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/**
 * Puts diagnoses of one namespace together by verdict, owner and peer.
 *
 * @param around the other sockets of the namespace
 * @param before the cookies at the first look
 * @param present the cookies at the second look, of all that match
 * @param overMillis the time between the looks; 0 when there was only one
 * @param lookedAtMillis when the last look began, in time since boot
 */
record Groups(
        Neighbourhood around,
        Map<Circle, Set<Long>> before,
        Map<Circle, Set<Long>> present,
        long overMillis,
        long lookedAtMillis) {
    private record Key(Verdict verdict, Kin kin, String owner) {}

    /** What makes a group but for the verdict, which needs a second look. */
    private record Circle(Kin kin, String owner) {}

    static Groups after(
            List<TcpSocket> before,
            List<TcpSocket> present,
            Neighbourhood around,
            long overMillis,
            long lookedAtMillis) {
        return new Groups(around, cookies(before, around), cookies(present, around), overMillis, lookedAtMillis);
    }

    private static Map<Circle, Set<Long>> cookies(List<TcpSocket> sockets, Neighbourhood around) {
        Map<Circle, Set<Long>> cookies = new HashMap<>();
        for (TcpSocket socket : sockets) {
            cookies.computeIfAbsent(new Circle(around.kin(socket), owner(socket)), circle -> new HashSet<>())
                    .add(socket.id().cookie());
        }
        return cookies;
    }

    /** The groups, those that need attention first, the largest first among them. */
    static final Comparator<Group> WORST_FIRST = Comparator.comparing(
                    (Group group) -> group.verdict().isHarmless())
            .thenComparing(group -> group.certainty() == Certainty.POSSIBLE)
            .thenComparing(Groups::endsByItself)
            .thenComparing(group -> !isCause(group.verdict()))
            .thenComparing(Comparator.comparingInt(Group::count).reversed())
            .thenComparing(Comparator.comparingLong(Group::oldestMillis).reversed());

    /** No program has it, or the kernel's timers end it also where one has. */
    private static boolean endsByItself(Group group) {
        return switch (group.verdict()) {
            case UNANSWERED, BACKLOG_FULL, ACK_LOST, FIN_UNACKNOWLEDGED, PORT_PRESSURE, BLOCKS_BIND -> true;
            default -> group.members().getFirst().socket().orphan();
        };
    }

    /** What a program holds for ever, or what makes others wait. */
    private static boolean isCause(Verdict verdict) {
        return switch (verdict) {
            case ACCEPT_QUEUE_FULL, FD_EXHAUSTION, OWNER_STOPPED, EOF_READ_NOT_CLOSED -> true;
            default -> false;
        };
    }

    List<Group> of(List<Diagnosis> diagnoses) {
        Map<Key, List<Diagnosis>> byKey = new LinkedHashMap<>();
        for (Diagnosis diagnosis : diagnoses) {
            byKey.computeIfAbsent(key(diagnosis), key -> new ArrayList<>()).add(diagnosis);
        }
        List<Group> groups = new ArrayList<>();
        byKey.forEach((key, members) -> groups.add(group(key, members)));
        return groups;
    }

    private Key key(Diagnosis diagnosis) {
        TcpSocket socket = diagnosis.socket();
        return new Key(diagnosis.verdict(), around.kin(socket), owner(socket));
    }

    private static String owner(TcpSocket socket) {
        if (socket.unaccepted()) {
            return "not accepted";
        }
        if (socket.owners().isEmpty()) {
            return socket.orphan() ? "kernel" : "not visible";
        }
        return socket.owners().getFirst().label();
    }

    private Group group(Key key, List<Diagnosis> members) {
        members.sort(Comparator.comparingLong(Groups::ageMillis).reversed());
        Sisters ages = Sisters.NONE;
        for (Diagnosis member : members) {
            ages = ages.with(member.socket());
        }
        TcpSocket oldest = members.getFirst().socket();
        return new Group(
                key.verdict(),
                oldest.state(),
                key.owner(),
                peer(key.kin(), oldest),
                oldest.netns(),
                List.copyOf(members),
                ages.aged() == 0 ? -1 : ages.oldestMillis(),
                ages.aged() == 0 ? -1 : ages.youngestMillis(),
                ages.pattern(),
                growth(key, members),
                advice(key, members));
    }

    private static long ageMillis(Diagnosis diagnosis) {
        Age age = diagnosis.socket().age();
        return age == null ? -1 : age.millis();
    }

    private static String peer(Kin kin, TcpSocket socket) {
        if (socket.peer().port() == 0) {
            return "on " + socket.local();
        }
        return kin.served()
                ? "from " + kin.peer() + " to port " + kin.port()
                : "to " + new Endpoint(kin.peer(), kin.port());
    }

    private @Nullable Growth growth(Key key, List<Diagnosis> members) {
        if (overMillis == 0) {
            return null;
        }
        Circle circle = new Circle(key.kin(), key.owner());
        Set<Long> then = before.getOrDefault(circle, Set.of());
        Set<Long> now = present.getOrDefault(circle, Set.of());
        int came = 0;
        for (Diagnosis member : members) {
            came += then.contains(member.socket().id().cookie()) ? 0 : 1;
        }
        int went = 0;
        for (long cookie : then) {
            went += now.contains(cookie) ? 0 : 1;
        }
        return new Growth(came, went, overMillis);
    }

    /** What the oldest one's advice becomes when it is meant for all; what names the socket names all of them then. */
    private List<Advice> advice(Key key, List<Diagnosis> members) {
        Diagnosis oldest = members.getFirst();
        if (members.size() == 1) {
            return oldest.advice();
        }
        List<TcpSocket> sockets = members.stream().map(Diagnosis::socket).toList();
        GroupTarget target =
                GroupTarget.of(key.verdict(), key.kin(), sockets, around.circle(oldest.socket()), lookedAtMillis);
        List<Advice> all = new ArrayList<>();
        for (Advice advice : oldest.advice()) {
            all.add(renamed(advice, oldest.socket(), target));
        }
        return all;
    }

    private static Advice renamed(Advice advice, TcpSocket oldest, GroupTarget target) {
        String before = advice.command();
        if (before == null) {
            return advice;
        }
        String command = (before + " ")
                .replace(Counsel.target(oldest) + " ", target.words() + " ")
                .strip();
        return command.equals(before) || !before.contains("lastack close")
                ? new Advice(advice.action(), command, advice.effect(), advice.risk())
                : new Advice(advice.action(), command, advice.effect(), advice.risk() + target.caution());
    }
}
