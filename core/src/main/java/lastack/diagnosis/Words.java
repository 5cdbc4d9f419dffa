package lastack.diagnosis;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import lastack.model.Age;
import lastack.model.Durations;
import lastack.model.Owner;
import lastack.model.TcpInfo;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/** Ages, owners and numbers as sentences need them. */
final class Words {
    static final String SOCK_DIAG = "sock_diag";

    private Words() {}

    /** {@code 3h12m}, {@code at least 3h12m}, {@code an unknown time}. */
    static String age(@Nullable Age age) {
        if (age == null) {
            return "an unknown time";
        }
        String span = Durations.format(age.millis());
        return switch (age.bound()) {
            case EXACT -> span;
            case AT_LEAST -> "at least " + span;
            case AT_MOST -> "at most " + span;
        };
    }

    static String ageSource(@Nullable Age age) {
        if (age == null) {
            return SOCK_DIAG;
        }
        return switch (age.source()) {
            case LAST_ACK -> "tcp_info last_ack_recv";
            case TIMER -> "the timer";
            case BACKOFF -> "the sum of the back-offs";
            case EVENT -> "the state change was watched";
            case SEEN -> "an earlier look";
        };
    }

    /** Whether it surely is at least that old. */
    static boolean isAtLeast(@Nullable Age age, long millis) {
        return age != null && age.bound() != Age.Bound.AT_MOST && age.millis() >= millis;
    }

    /** {@code nc[12]}, {@code nc[12] and nc[13]}, {@code the kernel}. */
    static String owners(TcpSocket socket) {
        if (socket.owners().isEmpty()) {
            return socket.orphan() ? "the kernel" : "a program that cannot be seen";
        }
        return labels(socket.owners());
    }

    /** {@code nc[12] and nc[13]}. */
    static String labels(List<Owner> owners) {
        List<String> labels = owners.stream().map(Owner::label).distinct().toList();
        return labels.stream().limit(3).collect(Collectors.joining(" and "))
                + (labels.size() > 3 ? " and " + (labels.size() - 3) + " more" : "");
    }

    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** A field of tcp_info, or -1 where the kernel did not deliver it. */
    static long info(TcpSocket socket, String field) {
        TcpInfo info = socket.details().info();
        OptionalLong value = info == null ? OptionalLong.empty() : info.field(field);
        return value.orElse(-1);
    }
}
