package lastack.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.NetNs;
import lastack.kernel.process.ProcStat;
import lastack.model.NetNamespace;
import lastack.model.UnavailableException;
import lastack.testkit.ControlGroup;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.Test;

/** Namespaces as processes come and go. */
final class NamespacesKernelTest {
    private static Process sleeper(Namespace namespace) {
        return namespace.start(new ProcessBuilder("sleep", "600"));
    }

    private static void end(Process process) throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Test
    void aTableStaysWhenTheProcessItWasOpenedByEnds() throws Exception {
        try (Namespace namespace = Namespace.open()) {
            Process process = sleeper(namespace);

            try (SocketTable table = SocketTable.open(Path.of("/proc/" + process.pid() + "/ns/net"))) {
                end(process);

                assertThat(table.<Long>inside(NetNs::current)).isEqualTo(namespace.inode());
            }
        }
    }

    @Test
    void refusesANameWhoseProcessesAreInTwoNamespaces() throws Exception {
        try (ControlGroup group = ControlGroup.make("lastacktest.service");
                Namespace one = Namespace.open();
                Namespace other = Namespace.open()) {
            Process first = sleeper(one);
            Process second = sleeper(other);
            try {
                group.add(first.pid());
                assertThat(NetNs.inodeOf(Namespaces.pathOf("lastacktest.service")))
                        .isEqualTo(one.inode());
                group.add(second.pid());

                assertThatThrownBy(() -> Namespaces.pathOf("lastacktest.service"))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageContaining(Long.toString(one.inode()))
                        .hasMessageContaining(Long.toString(other.inode()));
            } finally {
                end(first);
                end(second);
            }
        }
    }

    @Test
    void doesNotTakeAProcessThatHasEndedForAHiddenOne() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 600").start();
        try {
            int child = Integer.parseInt(parent.inputReader().readLine());
            for (int i = 0; i < 1_000 && ProcStat.state(child).orElse(0) != 'Z'; i++) {
                Thread.sleep(10);
            }

            assertThat(Files.exists(Path.of("/proc/" + child + "/ns/net"))).isFalse();
            assertThat(Namespaces.isHidden(Path.of("/proc/" + child))).isFalse();
        } finally {
            end(parent);
        }
    }

    @Test
    void aNameIsThatOfItsOwnNamespaceOnly() {
        assertThat(Namespaces.isNamed(new NetNamespace(1, "lastack-no-such"))).isFalse();
    }
}
