package lastack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.NetNs;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NamespaceKernelTest {
    @Test
    void isAnotherOneThanTheTests() throws IOException {
        try (Namespace namespace = Namespace.open()) {

            long own = NetNs.current();

            assertThat(namespace.inode()).isNotEqualTo(own);
            assertThat(NetNs.inodeOf(namespace.path())).isEqualTo(namespace.inode());
        }
    }

    @Test
    void runsCodeAndProcessesInside() throws Exception {
        try (Namespace namespace = Namespace.open()) {

            long seenByCode = namespace.call(() -> namespace.call(NetNs::current));
            String seenByProcess = namespace.exec("readlink", "/proc/self/ns/net");

            assertThat(seenByCode).isEqualTo(namespace.inode());
            assertThat(seenByProcess.strip()).isEqualTo("net:[" + namespace.inode() + "]");
        }
    }

    @Test
    void saysWhatAProgramPrintedWhenItFails() {
        try (Namespace namespace = Namespace.open()) {

            assertThatThrownBy(() -> namespace.exec("ip", "link", "set", "nosuch", "up"))
                    .hasMessageContaining("ip link set nosuch up: exit 1")
                    .hasMessageContaining("nosuch");
        }
    }

    @Test
    void canBePluggedTogetherInARow() {
        try (Namespace client = Namespace.open();
                Namespace router = Namespace.open();
                Namespace server = Namespace.open()) {
            Veth.connect(client, router, 1);
            Veth.connect(router, server, 2);

            String clientSide = router.exec("ip", "-o", "addr");

            assertThat(clientSide).contains("10.77.1.2/24").contains("10.77.2.1/24");
            assertThat(clientSide).contains("fd77:0:0:1::2/64").contains("fd77:0:0:2::1/64");
        }
    }

    @Test
    void takesItsActorsAlong() {
        Namespace namespace = Namespace.open();
        Actor actor = Actor.in(namespace);

        namespace.close();

        Deadline.await("the actor's end", () -> Eventually.when(!actor.isAlive()), actor::isAlive);
        assertThat(namespace.isClosed()).isTrue();
    }

    @Test
    void takesItsCablesAlong() {
        try (Namespace outside = Namespace.open()) {
            Namespace inside = Namespace.open();
            Veth.connect(outside, inside, 0);

            inside.close();

            assertThat(outside.exec("ip", "-o", "link")).doesNotContain("veth");
        }
    }

    @ParameterizedTest
    @EnumSource(Recipe.class)
    void leavesNoSocketBehind(Recipe recipe) throws Exception {
        Namespace left = Namespace.open();
        try (Namespace visitor = Namespace.open();
                Fd kept = Fd.open(left.path().toString(), Fd.READ_ONLY)) {
            playAndEnd(recipe, left);

            left.close();
            visitor.call(() -> enter(kept));

            assertThat(visitor.tcp().list())
                    .allMatch(socket -> socket.state() == TcpState.TIME_WAIT || socket.state() == TcpState.FIN_WAIT_2);
        }
    }

    private static void playAndEnd(Recipe recipe, Namespace namespace) {
        try (Actor here = Actor.in(namespace);
                Actor there = Actor.in(namespace)) {
            Situation.play(recipe, Stage.on(Wire.V4_LOOPBACK, here, there), namespace);
        }
    }

    private static boolean enter(Fd namespace) throws KernelException {
        NetNs.enter(Path.of("/proc/self/fd/" + namespace.number()));
        return true;
    }
}
