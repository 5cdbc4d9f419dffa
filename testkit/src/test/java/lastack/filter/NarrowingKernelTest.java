package lastack.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lastack.kernel.diag.SockDiag;
import lastack.model.Family;
import lastack.model.Narrowing;
import lastack.model.TcpSocket;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.FullNamespace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel leaves out for us is nothing that was asked for, over sockets of every state and family. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NarrowingKernelTest {
    private static final int EXPRESSIONS = 200;
    private static final Set<Family> BOTH = EnumSet.allOf(Family.class);

    private final FullNamespace full = FullNamespace.open();

    @AfterAll
    void close() {
        full.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void neverLosesASocketThatMatches(long seed) throws Exception {
        List<TcpSocket> before = sockets();
        Map<String, String> lost = new HashMap<>();
        int narrowed = 0;

        for (List<String> words : generator(seed, before).filters(EXPRESSIONS)) {
            Filter filter = Filter.parse(words);
            Set<String> handedOver = handedOver(filter.stateMask(), filter.narrowing());
            before.stream()
                    .filter(filter::matches)
                    .filter(socket -> !handedOver.contains(socket.id().cookieHex()))
                    .forEach(socket -> lost.put(socket.id().cookieHex(), filter + ": " + socket.state()));
            narrowed += handedOver.size() < before.size() && filter.narrowing() != null ? 1 : 0;
        }

        assertThat(narrowed).isGreaterThan(EXPRESSIONS / 3);
        // What came to its natural end meanwhile was not lost.
        lost.keySet().retainAll(handedOver(-1, null));
        assertThat(lost).isEmpty();
    }

    /** The kernel alone, without a second look, gives the same rows where it can decide all of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sport = :80",
                "sport != :80",
                "not sport = :80",
                "sport < :443",
                "sport > :1024 and dport > :0",
                "src 127.0.0.1",
                "not src 127.0.0.0/8",
                "src [::1]",
                "src [::ffff:127.0.0.1]",
                "src 0.0.0.0/0",
                "src [::]/0",
                "dst [fd77::/16]",
                "src 127.0.0.0/29 and not ( dst 127.0.0.4/30 or dport = :443 )",
                "( sport = :22 or sport = :80 ) and ( not dst 127.0.0.2 )",
                "autobound",
                "fwmark = 0x10",
                "not fwmark = 0x10/0x10",
            })
    void decidesTheSameAsTheFilter(String text) throws Exception {
        Filter filter = Filter.parse(text);

        Set<String> handedOver = handedOver(filter.stateMask(), filter.narrowing());

        Set<String> wanted = new TreeSet<>();
        sockets().stream()
                .filter(filter::matches)
                .forEach(socket -> wanted.add(socket.id().cookieHex()));
        assertThat(filter.narrowing()).isNotNull();
        assertThat(handedOver).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pid = 5", "not comm = nc", "sport = :80 or age > 5m", "state close-wait", "dev lo"})
    void handsOverEverythingWhereItCannotDecide(String text) throws Exception {
        assertThat(Filter.parse(text).narrowing()).isNull();
    }

    @Test
    void aProgramTheKernelRefusesOnlyCostsTime() throws Exception {
        Narrowing tooFarRight = new Narrowing.Network(true, Sockets.address("127.0.0.1"), 33);

        assertThat(handedOver(-1, tooFarRight)).hasSize(sockets().size());
    }

    @Test
    void aProgramTooLongIsNotSent() throws Exception {
        List<Narrowing> many = new ArrayList<>();
        for (int port = 0; port < 5_000; port++) {
            many.add(new Narrowing.Port(true, port, port));
        }

        assertThat(handedOver(-1, new Narrowing.Any(many))).hasSize(sockets().size());
    }

    private static ExpressionGenerator generator(long seed, List<TcpSocket> sockets) {
        return new ExpressionGenerator(
                seed,
                sockets.stream()
                        .map(socket -> socket.local().address().toString())
                        .distinct()
                        .sorted()
                        .toList(),
                sockets.stream()
                        .map(socket -> socket.local().port())
                        .distinct()
                        .sorted()
                        .toList(),
                List.of("lo", "if1"),
                sockets.stream()
                        .map(TcpSocket::mark)
                        .filter(mark -> mark != 0)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private Set<String> handedOver(int states, @Nullable Narrowing only) throws Exception {
        Set<String> cookies = new TreeSet<>();
        full.namespace().call(() -> {
            try (SockDiag diag = SockDiag.open()) {
                return diag.dump(
                        BOTH,
                        states,
                        SockDiag.Extent.PLAIN,
                        only,
                        message -> cookies.add(Long.toHexString(message.cookie())));
            }
        });
        return cookies;
    }

    private List<TcpSocket> sockets() throws Exception {
        return full.namespace().call(() -> {
            try (SocketTable table = SocketTable.open()) {
                return table.snapshot(Query.of(Filter.all()).withoutOwners()).sockets();
            }
        });
    }
}
