package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session of the how-to: a stopped nc holds a CLOSE-WAIT socket; find it, and remove it in one way or another. */
final class HowToIT {
    private static final int PORT = 9999;
    private static final Pattern OWNER = Pattern.compile("nc\\[(\\d+)] fd (\\d+)");

    private Namespace namespace;
    private Launcher lastack;
    private Server nc;

    @BeforeEach
    void aStoppedNcHoldsCloseWait() throws IOException {
        namespace = Namespace.open();
        lastack = Launcher.in(namespace);
        nc = Server.nc(namespace, PORT);
        nc.loseAClientWhileStopped();
    }

    @AfterEach
    void endAll() {
        nc.close();
        namespace.close();
    }

    @Test
    void lsNamesTheProgramItsPidAndItsDescriptor() throws IOException {
        Run run = lastack.run("ls", "state", "CLOSE-WAIT");

        assertThat(run.exit()).isZero();
        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().getLast()).startsWith("CLOSE-WAIT").contains("127.0.0.1:" + PORT);
        assertThat(pidIn(run.out())).isEqualTo(nc.pid());
        assertThat(nc.descriptor(descriptorIn(run.out()))).startsWith("socket:");
    }

    @Test
    void theOverviewCountsItAndNamesItsOwner() {
        Run run = lastack.run("--netns", "self");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).containsPattern(" 1 CLOSE-WAIT +nc\\[" + nc.pid() + "], from ");
    }

    @Test
    void termLeavesAStoppedNcAndSaysWhy() throws IOException {
        Run run = lastack.run("close", "--by", "term", "--wait", "500ms", "--yes", "state", "close-wait");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("still-there", "nc[" + nc.pid() + "] is stopped", "SIGTERM");
        assertThat(nc.state()).isEqualTo('T');
        assertThat(lastack.run("ls", "-H", "state", "close-wait").lines()).hasSize(1);
    }

    @Test
    void killRemovesItWithItsOwner() throws InterruptedException {
        Run run = lastack.run("close", "--by", "kill", "--yes", "state", "close-wait");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("removed");
        assertThat(nc.endsSoon()).isTrue();
        assertThat(lastack.run("ls", "-H", "state", "close-wait").out()).isEmpty();
    }

    @Test
    void termWithEscalateGoesOnToKill() throws InterruptedException {
        Run run = lastack.run("close", "--by", "term", "--escalate", "--wait", "500ms", "--yes", "state", "close-wait");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("removed", "kill: ", "not term: ");
        assertThat(nc.endsSoon()).isTrue();
    }

    @Test
    void fdClosesTheDescriptorAndNcLivesOn() throws IOException {
        int descriptor = descriptorIn(lastack.run("ls", "state", "close-wait").out());

        Run run = lastack.run("close", "--by", "fd", "--yes", "state", "close-wait");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("removed", "descriptor released");
        assertThat(nc.descriptor(descriptor)).isEmpty();
        assertThat(nc.state()).isEqualTo('T');
        assertThat(lastack.run("ls", "-H", "state", "close-wait").out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--free-fd", "--by=park"})
    void parkPutsDevNullOverTheDescriptorAndNcLivesOn(String how) throws IOException {
        int descriptor = descriptorIn(lastack.run("ls", "state", "close-wait").out());

        Run run = lastack.run("close", how, "--yes", "state", "close-wait");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("removed", "descriptor released");
        assertThat(nc.descriptor(descriptor)).isEqualTo("/dev/null");
        assertThat(nc.state()).isEqualTo('T');
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "shutdown", "disconnect", "destroy", "vanish"})
    void methodsThatSpareTheDescriptorLeaveNcAlone(String method) throws IOException {
        int descriptor = descriptorIn(lastack.run("ls", "state", "close-wait").out());

        Run run = lastack.run("close", "--by", method, "--yes", "state", "close-wait");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("removed").doesNotContain("descriptor released");
        assertThat(nc.descriptor(descriptor)).startsWith("socket:");
        assertThat(nc.state()).isEqualTo('T');
        assertThat(lastack.run("ls", "-H", "state", "close-wait").out()).isEmpty();
    }

    @Test
    void anNcThatKeepsListeningServesTheNextClientAfterwards() throws IOException {
        try (Server faithful = Server.nc(namespace, PORT + 1, "-k")) {
            faithful.loseAClientWhileStopped();

            Run run = lastack.run("close", "--yes", "state", "close-wait", "sport", "=", ":" + faithful.port());

            assertThat(run.exit()).isZero();
            faithful.resume();
            assertThat(faithful.serves()).isTrue();
        }
    }

    private static int pidIn(String text) {
        return Integer.parseInt(owner(text).group(1));
    }

    private static int descriptorIn(String text) {
        return Integer.parseInt(owner(text).group(2));
    }

    private static Matcher owner(String text) {
        Matcher matcher = OWNER.matcher(text);
        assertThat(matcher.find()).as("an owner in: %s", text).isTrue();
        return matcher;
    }
}
