package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import lastack.model.Family;
import lastack.testkit.Namespace;
import lastack.testkit.RoutedPair;
import lastack.testkit.RoutedPair.Ends;
import lastack.testkit.RoutedPair.Translation;
import lastack.testkit.Sight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A router between a client and a server, from its command line. */
final class ForwardedIT {
    private RoutedPair pair;
    private Launcher lastack;

    @BeforeEach
    void open() {
        pair = new RoutedPair(Translation.BOTH, Family.INET);
        lastack = Launcher.in(pair.router());
    }

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    void listsWhatPassesInEveryFormat() {
        int port = pair.connect().clientPort();

        Run table = lastack.run("ls", "--forwarded", "state", "established", "dport = :8000");
        JsonObject document =
                lastack.run("ls", "--forwarded", "--format", "json").json();
        Run lines = lastack.run("ls", "--forwarded", "--format", "jsonl");
        Run csv = lastack.run("ls", "--forwarded", "--format", "csv");
        Run none = lastack.run("ls", "--forwarded", "not sport = :" + port);

        assertThat(table.out())
                .contains("10.77.1.1:" + port, "10.77.1.2:8000", "10.77.2.1:" + port + " -> 10.77.2.2:8000");
        assertThat(document.getAsJsonArray("connections")).hasSize(1);
        assertThat(lines.json().get("translated").getAsBoolean()).isTrue();
        assertThat(csv.lines()).hasSize(2);
        assertThat(csv.lines().getLast().split(",", -1))
                .hasSameSizeAs(csv.lines().getFirst().split(",", -1));
        assertThat(none.exit()).isZero();
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).contains("conntrack remembers no such connection");
    }

    @Test
    void cutsOnlyWhenTold() {
        Ends ends = pair.connect();
        String filter = "sport = :" + ends.clientPort();

        Run dry = lastack.run("close", "--forwarded", "--dry-run", filter);
        Run asked = lastack.run("close", "--forwarded", filter);
        Sight before = ends.client().look(0);
        Run cut = lastack.run("close", "--forwarded", "--yes", "--format", "json", filter);
        Run again = lastack.run("close", "--forwarded", "--yes", filter);

        assertThat(dry.exit()).isZero();
        assertThat(asked.exit()).isEqualTo(2);
        assertThat(asked.out()).isEqualTo(dry.out()).contains("1 matched, 1 planned");
        assertThat(before).isEqualTo(Sight.NOTHING);
        assertThat(cut.exit()).isZero();
        assertThat(cut.json().getAsJsonObject("summary").get("removed").getAsInt())
                .isEqualTo(1);
        assertThat(ends.client().look(5_000)).isEqualTo(Sight.RESET);
        assertThat(ends.server().look(5_000)).isEqualTo(Sight.RESET);
        assertThat(again.exit()).isEqualTo(3);
    }

    @Test
    void limitOneOfTwoCutsExactlyOne() {
        pair.connect();
        pair.connect();

        Run run = lastack.run("close", "--forwarded", "--yes", "--limit", "1", "dport = :8000");

        assertThat(run.out()).contains("2 matched, 1 removed, 1 beyond the limit");
        assertThat(lastack.run("ls", "-H", "--forwarded").lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "dport = :8000 comm = nc, '              ^^^^', 'state NAME first, then src, dst, sport, dport'",
        "orphan, ^^^^^^, 'what a router knows of a connection'",
        "age > 5m, ^^^, 'what a router knows of a connection'",
    })
    void pointsAtWhatARouterCannotKnow(String filter, String carets, String expected) {
        Run run = lastack.run("ls", "--forwarded", filter);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("\n" + carets + "\n", expected);
    }

    @ParameterizedTest
    @CsvSource({"--forwarded, needs a filter", "--forwarded --by destroy dport = :8000, --by says nothing about"})
    void refusesWhatMakesNoSense(String words, String message) {
        pair.connect();
        String[] args = ("close --yes " + words).split(" ", -1);

        Run run = lastack.run(args);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(lastack.run("ls", "-H", "--forwarded").lines()).hasSize(1);
    }

    @Test
    void withoutTheCapabilitiesItSaysWhichOnes() {
        Ends ends = pair.connect();
        Launcher withoutAdmin = lastack.behind("setpriv", "--bounding-set", "-net_admin");
        Launcher withoutRaw = lastack.behind("setpriv", "--bounding-set", "-net_raw");

        Run list = withoutAdmin.run("ls", "--forwarded");
        Run cut = withoutRaw.run("close", "--forwarded", "--yes", "dport = :8000");

        assertThat(list.exit()).isEqualTo(4);
        assertThat(list.err()).contains("EPERM", "CAP_NET_ADMIN");
        assertThat(cut.exit()).isEqualTo(4);
        assertThat(cut.out()).contains("refused", "CAP_NET_RAW");
        assertThat(ends.client().look(0)).isEqualTo(Sight.NOTHING);
    }

    @Test
    void saysWhereNothingIsTracked() {
        try (Namespace quiet = Namespace.open()) {
            Run list = Launcher.in(quiet).run("ls", "--forwarded");
            Run close = Launcher.in(quiet).run("close", "--forwarded", "--yes", "dport = :1");

            assertThat(list.exit()).isZero();
            assertThat(list.err()).contains("it sees none at all until a firewall rule needs it");
            assertThat(close.exit()).isEqualTo(3);
        }
    }
}
