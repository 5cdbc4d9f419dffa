package lastack.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lastack.model.Family;
import lastack.testkit.ActorSocket;
import lastack.testkit.BlockedCall;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is seen of a real process from outside. */
final class ProcessViewKernelTest {
    private final TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);

    @AfterEach
    void close() {
        tcp.close();
    }

    @ParameterizedTest
    @CsvSource({
        "READ, read",
        "WRITE, sendto",
        "POLL, poll",
        "SELECT, pselect6",
        "EPOLL, epoll_wait",
    })
    void seesAThreadThatWaitsForADescriptor(BlockedCall.Kind kind, String call) {
        Situation calm = tcp.established();
        BlockedCall blocked = calm.holder().block(kind);

        List<ThreadWait> waits = view(calm.holder()).waitingFor(calm.holder().fd(), calm.inode());

        assertThat(waits).singleElement().satisfies(wait -> {
            assertThat(wait.tid()).isEqualTo(blocked.tid());
            assertThat(wait.call()).isEqualTo(call);
        });
    }

    @Test
    void seesAThreadThatAccepts() {
        Situation listener = tcp.listen();
        BlockedCall blocked = listener.holder().block(BlockedCall.Kind.ACCEPT);

        List<ThreadWait> waits =
                view(listener.holder()).waitingFor(listener.holder().fd(), listener.inode());

        assertThat(waits).extracting(ThreadWait::tid).containsExactly(blocked.tid());
    }

    @Test
    void doesNotTakeAThreadThatWaitsForAnotherDescriptor() {
        Situation calm = tcp.established();
        ActorSocket other = calm.holder().actor().socket(Family.INET);
        calm.holder().block(BlockedCall.Kind.POLL);
        calm.holder().block(BlockedCall.Kind.EPOLL);

        ProcessView view = view(calm.holder());

        assertThat(view.waitingFor(calm.holder().fd(), calm.inode())).hasSize(2);
        assertThat(view.waitingFor(other.fd(), other.inode())).isEmpty();
    }

    @Test
    void seesWhatAnEpollSetWaitsFor() {
        Situation calm = tcp.established();
        calm.holder().block(BlockedCall.Kind.EPOLL);

        List<EpollEntry> entries = view(calm.holder()).polls(calm.inode());

        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.waitsToRead()).isTrue();
            assertThat(entry.eventsInWords()).isEqualTo("readable");
        });
    }

    @Test
    void countsDescriptorsAgainstTheirLimit() {
        ActorSocket socket = tcp.established().holder();

        ProcessView before = view(socket);
        socket.duplicate();
        ProcessView after = view(socket);

        assertThat(after.descriptors()).isEqualTo(before.descriptors() + 1);
        assertThat(after.limit().soft()).isEqualTo(socket.actor().descriptorLimit());
    }

    @Test
    void seesNothingOfAnotherProcessWithTheSameNumber() {
        ActorSocket socket = tcp.established().holder();
        int pid = socket.actor().pid();

        ProcessView later = ProcessView.of(pid, ProcStat.startTime(pid) - 1);

        assertThat(later.threads()).isEmpty();
        assertThat(later.descriptors()).isEqualTo(-1);
        assertThat(view(socket).threads()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"READ, true", "WRITE, false", "POLL, true", "SELECT, true", "EPOLL, true"})
    void knowsWhetherAThreadWaitsToRead(BlockedCall.Kind kind, boolean toRead) {
        Situation calm = tcp.established();
        calm.holder().block(kind);

        List<ThreadWait> waits = view(calm.holder()).waitingToRead(calm.holder().fd(), calm.inode());

        assertThat(waits).hasSize(toRead ? 1 : 0);
    }

    /** Threads that end while they are read hide none of the others. */
    @Test
    void seesThreadsAlthoughOthersEnd() throws Exception {
        String program = """
                import threading
                while True:
                    threads = [threading.Thread(target=lambda: None) for i in range(8)]
                    for t in threads: t.start()
                    for t in threads: t.join()
                """;
        Process churn = new ProcessBuilder("python3", "-c", program).start();
        try {
            int pid = (int) churn.pid();
            long start = ProcStat.startTime(pid);
            for (int look = 0; look < 300; look++) {
                assertThat(ProcessView.of(pid, start).threads()).isNotEmpty();
            }
        } finally {
            churn.destroyForcibly().waitFor();
        }
    }

    @Test
    void seesThatAProcessIsStopped() {
        ActorSocket socket = tcp.established().holder();
        socket.actor().stop();

        assertThat(view(socket).isStopped()).isTrue();
        socket.actor().resume();
    }

    private static ProcessView view(ActorSocket socket) {
        return ProcessView.of(
                socket.actor().pid(), ProcStat.startTime(socket.actor().pid()));
    }
}
