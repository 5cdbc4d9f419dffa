package lastack.filter;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of the language, and what people write in their place. */
final class Vocabulary {
    static final String PREDICATES =
            "src, dst, sport, dport, dev, fwmark, cgroup, autobound, pid, comm, user, age, recvq,"
                    + " sendq, inode, cookie, netns, container, on, orphan, unaccepted, v4mapped,"
                    + " v6only, entered";

    static final String OF_CONNECTIONS = "state NAME first, then src, dst, sport, dport";

    private Vocabulary() {}

    /** Whether this predicate asks for nothing but the two ends. */
    static boolean isOfConnections(String word) {
        return switch (word) {
            case "src", "dst", "sport", "dport" -> true;
            default -> false;
        };
    }

    /** Whether ss never takes this word for a value. */
    static boolean isReserved(String word) {
        return switch (word) {
            case "src", "dst", "sport", "dport", "dev", "fwmark", "cgroup", "autobound" -> true;
            default -> Comparison.of(word) != null || Token.Kind.of(word) != Token.Kind.NAME;
        };
    }

    /** What to write instead of an unknown predicate, or null. */
    static @Nullable String meant(String word) {
        if (word.equals("state") || word.startsWith("excl")) {
            return word + " NAME before or behind the expression";
        }
        if (StateSet.named(word) != 0) {
            return "state " + word;
        }
        if (AddressText.parse(word) != null) {
            return "src " + word + " or dst " + word;
        }
        return word.equals("port") ? "sport or dport" : nearest(word);
    }

    private static @Nullable String nearest(String word) {
        return Spelling.nearest(
                word.toLowerCase(Locale.ROOT),
                "src",
                "dst",
                "sport",
                "dport",
                "dev",
                "fwmark",
                "cgroup",
                "autobound",
                "pid",
                "comm",
                "user",
                "age",
                "recvq",
                "sendq",
                "inode",
                "cookie",
                "netns",
                "container",
                "on",
                "orphan",
                "unaccepted",
                "v4mapped",
                "v6only",
                "entered",
                "state",
                "exclude",
                "not",
                "and",
                "or");
    }
}
