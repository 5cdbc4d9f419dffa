package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import lastack.model.Family;
import lastack.model.TcpState;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code lastack} alone. */
final class OverviewIT {
    private static final int PORT = 9000;

    /** What is younger may just be passing, and no command means it. */
    private static final int PASSING_MILLIS = 1_100;

    private Namespace namespace;
    private Actor actor;
    private Launcher lastack;

    @BeforeEach
    void open() {
        namespace = Namespace.open();
        actor = Actor.in(namespace);
        lastack = Launcher.in(namespace);
    }

    @AfterEach
    void close() {
        actor.close();
        namespace.close();
    }

    private void loseClients(int count) {
        ActorSocket listener = actor.socket(Family.INET);
        listener.bind("127.0.0.1", PORT);
        listener.listen(count);
        for (int i = 0; i < count; i++) {
            ActorSocket client = actor.socket(Family.INET);
            client.connect("127.0.0.1", PORT);
            ActorSocket accepted = listener.accept();
            client.close();
            accepted.await(TcpState.CLOSE_WAIT);
            accepted.receive(1, 1000);
        }
    }

    @Test
    void saysInOneLineThatNothingLingers() {
        ActorSocket listener = actor.socket(Family.INET);
        listener.bind("127.0.0.1", PORT);
        listener.listen(1);

        Run run = lastack.run("--netns", "self");

        assertThat(run.lines()).hasSize(1);
        assertThat(run.out()).contains("nothing lingers on ").contains(": 1 LISTEN");
    }

    @Test
    void saysInOneLineThatWhatLingersEndsByItself() {
        ActorSocket listener = actor.socket(Family.INET);
        listener.bind("127.0.0.1", 0);
        ActorSocket server = actor.socket(Family.INET);
        int port = server.bind("127.0.0.1", 0);
        server.listen(1);
        ActorSocket client = actor.socket(Family.INET);
        client.connect("127.0.0.1", port);
        ActorSocket accepted = server.accept();
        client.close();
        accepted.close();

        Run run = lastack.run("--netns", "self");

        assertThat(run.lines()).hasSize(1);
        assertThat(run.out()).contains("but what ends by itself", "1 TIME-WAIT");
    }

    @Test
    void putsALeakIntoOneGroupWithAReasonAndACommandThatRemovesIt() throws InterruptedException {
        loseClients(30);
        Thread.sleep(PASSING_MILLIS);

        Run run = lastack.run("--netns", "self");

        assertThat(run.lines()).hasSizeLessThan(10);
        assertThat(run.out())
                .contains("30 CLOSE-WAIT  actor[" + actor.pid() + "]", "eof-read-not-closed:")
                .contains("lastack why --netns self");
        String command = run.lines().stream()
                .filter(line -> line.strip().startsWith("lastack close"))
                .findFirst()
                .orElseThrow();
        String words = command.strip().substring("lastack ".length()).replace("'", "");
        assertThat(lastack.run((words + " --yes").split(" ", -1)).out()).contains("30 matched, 30 removed");
    }
}
