package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import lastack.model.TcpState;
import lastack.testkit.Namespace;
import lastack.testkit.SeenSocket;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lastack does not do unless it is told to. */
final class SafetyIT {
    private TcpSituations tcp;
    private Namespace namespace;
    private Launcher lastack;

    @BeforeEach
    void open() {
        tcp = TcpSituations.on(Wire.V4_LOOPBACK);
        namespace = tcp.here();
        lastack = Launcher.in(namespace);
    }

    @AfterEach
    void close() {
        tcp.close();
    }

    @Test
    void dryRunShowsThePlanAndChangesNothing() {
        tcp.closeWait();
        tcp.established();
        List<SeenSocket> before = namespace.tcp().list();

        Run run = lastack.run("close", "--dry-run", "--by", "kill", "--yes", "state", "connected");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("planned", "kill: ").doesNotContain("removed");
        assertThat(namespace.tcp().list()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void withoutTerminalAndWithoutYesThePlanIsShownAndNothingChanges() {
        Situation stuck = tcp.closeWait();

        Run run = lastack.run("close", "state", "close-wait");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("planned", "1 matched, 1 planned");
        assertThat(run.err()).contains("nothing changed", "--yes");
        assertThat(stuck.now()).isPresent();
    }

    @Test
    void limitOneOfThreeClosesExactlyOne() {
        List<Situation> stuck = List.of(tcp.closeWait(), tcp.closeWait(), tcp.closeWait());

        Run run = lastack.run("close", "--limit", "1", "--yes", "state", "close-wait");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("3 matched, 1 removed, 2 beyond the limit");
        assertThat(stuck).filteredOn(situation -> situation.now().isPresent()).hasSize(2);
    }

    @Test
    void listenersAreLeftAloneUnlessTheirSwitchIsGiven() {
        Situation listener = tcp.listen();

        Run careful = lastack.run("close", "--yes", "state", "listening");
        boolean survived = listener.now().isPresent();
        Run told = lastack.run("close", "--yes", "--listeners", "state", "listening");

        assertThat(careful.exit()).isEqualTo(1);
        assertThat(careful.out()).contains("skipped", "it is a listener", "--listeners");
        assertThat(survived).isTrue();
        assertThat(told.exit()).as(told.out()).isZero();
        assertThat(listener.now()).isEmpty();
    }

    @Test
    void listenersDoNotUseUpTheLimitNorFailTheRest() {
        tcp.listen();
        Situation stuck = tcp.closeWait();

        Run run = lastack.run("close", "--limit", "1", "--yes", "state", "close-wait", "state", "listening");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("1 removed", "1 skipped");
        assertThat(stuck.now()).isEmpty();
        assertThat(namespace.tcp().count(TcpState.LISTEN)).isEqualTo(1);
    }

    @Test
    void theConnectionOneIsLoggedInThroughIsLeftAloneUnlessItsSwitchIsGiven() {
        Situation session = tcp.established();
        Launcher loggedIn = lastack.with("SSH_CONNECTION", sshConnection(session));

        Run careful = loggedIn.run("close", "--yes", "state", "established");
        boolean survived = session.now().isPresent();
        Run told = loggedIn.run("close", "--yes", "--my-session", "state", "established", ends(session));

        assertThat(careful.exit()).isEqualTo(1);
        assertThat(careful.out()).contains("skipped", "you are logged in through it", "--my-session");
        assertThat(survived).isTrue();
        assertThat(told.exit()).as(told.out()).isZero();
        assertThat(session.now()).isEmpty();
    }

    /** Client address and port, server address and port, as sshd writes them. */
    private static String sshConnection(Situation session) {
        return session.id().peer().address() + " " + session.id().peer().port() + " "
                + session.id().local().address() + " " + session.id().local().port();
    }

    private static String ends(Situation situation) {
        return "sport = :" + situation.id().local().port() + " dport = :"
                + situation.id().peer().port();
    }

    @Test
    void onlyWhatTheFilterSelectsIsTouched() {
        Situation chosen = tcp.closeWait();
        Situation other = tcp.closeWait();
        Situation live = tcp.established();

        Run run = lastack.run("close", "--yes", "state close-wait " + ends(chosen));

        assertThat(run.exit()).isZero();
        assertThat(chosen.now()).isEmpty();
        assertThat(other.now()).isPresent();
        assertThat(live.now()).isPresent();
    }

    @Test
    void aFilterThatMatchesNothingIsToldByExitCodeThree() {
        Situation stuck = tcp.closeWait();

        Run run = lastack.run("close", "--yes", "state", "close-wait", "sport", "=", ":1");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("nothing matched", "nothing changed");
        assertThat(stuck.now()).isPresent();
    }

    @Test
    void theReportOfCloseIsTheDocumentOfTheContract() throws IOException {
        Situation stuck = tcp.closeWait();

        Run run = lastack.run("close", "--yes", "--format", "json", "state", "close-wait");

        assertThat(run.exit()).isZero();
        assertThat(run.lines()).hasSize(1);
        JsonObject result = run.json().getAsJsonArray("results").get(0).getAsJsonObject();
        Contract.holdsForReport(run.json());
        assertThat(result.getAsJsonObject("socket").get("cookie").getAsString())
                .isEqualTo(Long.toHexString(stuck.id().cookie()));
        assertThat(result.get("method").getAsString()).isEqualTo("shutdown");
        assertThat(result.get("outcome").getAsString()).isEqualTo("removed");
        assertThat(result.get("rejected").getAsJsonArray()).isEmpty();
        assertThat(result.get("elapsed_ms").getAsDouble()).isBetween(0.01, 10_000.0);
        assertThat(result.get("state_after").isJsonNull()).isTrue();
        assertThat(result.get("fd_freed").getAsBoolean()).isFalse();
        assertThat(result.get("error").isJsonNull()).isTrue();
        assertThat(result.get("hint").isJsonNull()).isTrue();
        assertThat(run.json().getAsJsonObject("summary").get("matched").getAsInt())
                .isEqualTo(1);
        assertThat(run.json().getAsJsonObject("summary").get("removed").getAsInt())
                .isEqualTo(1);
    }

    @Test
    void theReportSaysWhyGentlerMethodsDidNotFit() {
        Situation orphan = tcp.finWait2();

        Run run = lastack.run("close", "--yes", "--format", "json", "state", "fin-wait-2");

        assertThat(run.exit()).isZero();
        JsonObject result = run.json().getAsJsonArray("results").get(0).getAsJsonObject();
        assertThat(result.get("method").getAsString()).isEqualTo("destroy");
        assertThat(result.getAsJsonArray("rejected"))
                .extracting(rejected -> rejected.getAsJsonObject().get("method").getAsString())
                .containsExactly("shutdown", "disconnect");
        assertThat(orphan.now()).isEmpty();
    }
}
