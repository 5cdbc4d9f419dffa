package lastack.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lastack.model.Family;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.FullNamespace;
import lastack.testkit.SeenSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our filter and ss's, over the same sockets of every state and family: the same rows.
 *
 * <p>Since 4.19 ss evaluates {@code and} and {@code or} from left to right; here, as its manual says, {@code and} binds
 * tighter. The expressions have parentheses wherever that would make a difference.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FilterAgainstSsKernelTest {
    private static final Pattern COOKIE = Pattern.compile(" sk:([0-9a-f]+)");
    private static final int ATTEMPTS = 5;
    private static final int EXPRESSIONS = 100;

    private final FullNamespace full = FullNamespace.open();
    private final List<SeenSocket> sockets = full.namespace().tcp().list();

    @AfterAll
    void close() {
        full.close();
    }

    @Test
    void comparesManySockets() throws Exception {
        assertThat(ours("")).hasSizeGreaterThan(100).isEqualTo(theirs(List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void matchesTheSameRowsForRandomExpressions(long seed) throws Exception {
        List<String> differing = new ArrayList<>();
        int selective = 0;
        for (List<String> words : generator(seed).filters(EXPRESSIONS)) {
            int matched = compare(words, differing);
            selective += matched > 0 && matched < sockets.size() ? 1 : 0;
        }

        assertThat(differing).isEmpty();
        assertThat(selective).isGreaterThan(EXPRESSIONS / 3);
    }

    private ExpressionGenerator generator(long seed) {
        return new ExpressionGenerator(
                seed,
                sockets.stream()
                        .map(socket -> socket.id().local().address())
                        .map(Object::toString)
                        .distinct()
                        .sorted()
                        .toList(),
                sockets.stream()
                        .map(socket -> socket.id().local().port())
                        .distinct()
                        .sorted()
                        .toList(),
                List.of("lo", "if1"),
                sockets.stream()
                        .map(SeenSocket::mark)
                        .filter(mark -> mark != 0)
                        .distinct()
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "established",
                "syn-sent",
                "syn-recv",
                "fin-wait-1",
                "fin-wait-2",
                "time-wait",
                "closed",
                "close-wait",
                "last-ack",
                "listening",
                "closing",
                "all",
                "connected",
                "synchronized",
                "bucket",
                "big"
            })
    void meansTheSameStates(String state) throws Exception {
        List<String> differing = new ArrayList<>();
        compare(List.of("state", state), differing);
        compare(List.of("state", state, "state", "established"), differing);
        compare(List.of("exclude", "listening", "state", state), differing);
        if (!state.equals("all")) {
            compare(List.of("exclude", state), differing);
            compare(List.of("state", "all", "exclude", state), differing);
        }

        assertThat(differing).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src 127.0.0.1",
                "src = 127.0.0.1:80",
                "not src 127.0.0.1",
                "src 127.0.0.0/8",
                "src 127.0.0.0/29 and dst 127.0.0.4/30",
                "src [::1]",
                "dst [::1]:443",
                "src [fd77::/16]",
                "dst [fd77:0:0:ffff::3/128]",
                "src [::ffff:127.0.0.1]",
                "src *:80",
                "src :80",
                "src *",
                "dst *",
                "src any",
                "src inet:*",
                "src inet6:*",
                "src inet6:[::1]",
                "sport = :80",
                "sport = 80",
                "sport 80",
                "sport eq :80",
                "sport = :http",
                "sport != :80",
                "sport ne 80",
                "sport neq 80",
                "sport > :1024",
                "sport gt 1024",
                "sport >= :443",
                "sport < :443",
                "sport <= 443",
                "dport lt :40000",
                "sport = 0x50",
                "dport = :*",
                "dev = lo",
                "dev lo",
                "dev != lo",
                "dev 1",
                "dev if1",
                "fwmark = 0x10",
                "fwmark != 0x10",
                "fwmark = 16/0xff",
                "fwmark = 0x10/0x10",
                "fwmark 0",
                "( sport = :22 or sport = :80 ) and ( not dst 127.0.0.2 )",
                "( sport = :22 | sport = :80 ) & ! dst 127.0.0.2",
                "( sport = :22 || sport = :80 ) && src 127.0.0.0/8",
                "sport >= :80 sport <= :443",
                "! ( sport = :22 or src [::1] )",
                "not not sport = :22",
                "state close-wait ( sport = :22 or dport >= :1 )",
                "exclude listening exclude time-wait src 127.0.0.0/30",
            })
    void matchesTheSameRowsFor(String filter) throws Exception {
        List<String> differing = new ArrayList<>();

        compare(List.of(filter.split(" ", -1)), differing);

        assertThat(differing).isEmpty();
    }

    /** How many we match. Sockets come to their natural end meanwhile, so only what stays between two looks counts. */
    private int compare(List<String> words, List<String> differing) throws Exception {
        String filter = String.join(" ", words);
        for (int attempt = 1; ; attempt++) {
            Set<String> before = ours(filter);
            Set<String> theirs = theirs(words);
            if (before.equals(theirs)) {
                return before.size();
            }
            if (before.equals(ours(filter)) || attempt == ATTEMPTS) {
                differing.add(filter + ": only we match " + without(before, theirs) + ", only ss matches "
                        + without(theirs, before));
                return before.size();
            }
        }
    }

    private List<String> without(Set<String> some, Set<String> others) {
        return sockets.stream()
                .filter(socket -> some.contains(socket.id().cookieHex()))
                .filter(socket -> !others.contains(socket.id().cookieHex()))
                .map(socket -> socket.state() + " " + socket.id() + (socket.id().family() == Family.INET ? "" : " (6)"))
                .toList();
    }

    private Set<String> ours(String filter) throws Exception {
        Query query = Query.of(Filter.parse(filter)).withoutOwners();
        Set<String> cookies = new TreeSet<>();
        full.namespace().call(() -> {
            try (SocketTable table = SocketTable.open()) {
                return table.stream(query, socket -> cookies.add(socket.id().cookieHex()));
            }
        });
        return cookies;
    }

    private Set<String> theirs(List<String> words) {
        List<String> command = new ArrayList<>(List.of("ss", "-H", "-t", "-a", "-n", "-O", "-e"));
        command.addAll(words);
        String printed = full.namespace().exec(command.toArray(String[]::new));
        return COOKIE.matcher(printed)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
