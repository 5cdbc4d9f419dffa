package lastack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import lastack.kernel.process.ProcStat;
import lastack.model.Family;
import lastack.model.TcpState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ActorKernelTest {
    private final TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);

    @AfterEach
    void close() {
        tcp.close();
    }

    @Test
    void namesTheErrorOfAFailedCall() {
        ActorSocket socket = tcp.established().holder();

        socket.close();

        assertThatThrownBy(socket::cookie)
                .isInstanceOf(ActorException.class)
                .hasMessage("cookie " + socket.fd() + ": EBADF");
    }

    @Test
    void saysSoWhenItsProcessHasEnded() {
        Actor actor = tcp.established().holder().actor();

        actor.close();

        assertThatThrownBy(() -> actor.socket(Family.INET)).hasMessageContaining("the process has ended");
    }

    @Test
    void staysInCloseWaitWhileAForkedChildHoldsTheSocket() {
        Situation stuck = tcp.closeWait();
        int child = stuck.holder().actor().fork();

        stuck.holder().close();

        assertThat(stuck.now().orElseThrow().state()).isEqualTo(TcpState.CLOSE_WAIT);
        stuck.holder().actor().killChild(child);
        stuck.awaitGone();
    }

    @Test
    void staysInCloseWaitWhileADuplicateIsOpen() {
        Situation stuck = tcp.closeWait();
        ActorSocket duplicate = stuck.holder().duplicate();

        stuck.holder().close();

        assertThat(stuck.now().orElseThrow().inode()).isEqualTo(stuck.inode());
        duplicate.close();
        stuck.awaitGone();
    }

    @Test
    void killsOnlyItsOwnChildren() {
        Actor actor = tcp.established().holder().actor();

        assertThatThrownBy(() -> actor.killChild((int) ProcessHandle.current().pid()))
                .hasMessageContaining("ECHILD");
    }

    @Test
    void takesItsChildrenAlong() {
        Actor actor = tcp.established().holder().actor();
        int child = actor.fork();

        actor.close();

        Deadline.await("the child's end", () -> Eventually.when(!lives(child)), () -> ProcStat.state(child));
    }

    private static boolean lives(int pid) {
        OptionalInt state = ProcStat.state(pid);
        return state.isPresent() && state.getAsInt() != 'Z';
    }

    @Test
    void stopsAndGoesOn() {
        Actor actor = tcp.established().holder().actor();

        actor.stop();

        assertThat(ProcStat.state(actor.pid())).hasValue('T');
        actor.resume();
        assertThat(actor.descriptorLimit()).isPositive();
    }

    @Test
    void hasNoDescriptorOfASocketInFlight() throws IOException {
        Situation stuck = tcp.make(Recipe.CLOSE_WAIT_IN_FLIGHT);
        Actor owner = tcp.actors().getFirst();

        assertThat(stuck.inode()).isNotZero();
        assertThat(links(owner)).isNotEmpty().doesNotContain("socket:[" + stuck.inode() + "]");
    }

    private static List<String> links(Actor actor) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + actor.pid() + "/fd"))) {
            return descriptors.map(ActorKernelTest::link).toList();
        }
    }

    private static String link(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void hearsNothingWhileItDropsAndEverythingAfterwards() {
        Situation calm = tcp.established();
        calm.peer().drop();

        calm.holder().shutdownWrite();

        calm.await(TcpState.FIN_WAIT_1);
        assertThat(calm.peer().look(0)).isEqualTo(Sight.NOTHING);
        calm.peer().undrop();
        calm.await(TcpState.FIN_WAIT_2);
        assertThat(calm.peerSees()).isEqualTo(Sight.END);
    }

    @Test
    void hearsAResetWhileItIsFrozen() {
        Situation calm = tcp.established();
        calm.peer().freeze();

        calm.holder().linger(0);
        calm.holder().close();

        assertThat(calm.peerSees()).isEqualTo(Sight.RESET);
    }

    @Test
    void hasNothingToRepeatWhileItIsFrozen() {
        Situation closing = tcp.make(Recipe.CLOSING_HELD);

        closing.peer().await(TcpState.FIN_WAIT_2);

        assertThat(closing.holder().state()).isEqualTo(TcpState.CLOSING);
    }

    @Test
    void becomesAnotherUsersProcess() throws IOException {
        Actor actor = tcp.established().holder().actor();

        actor.become(65_534);

        assertThat(Files.readString(Path.of("/proc/" + actor.pid() + "/status")))
                .contains("Uid:\t65534\t65534");
    }
}
