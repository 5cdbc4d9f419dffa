package lastack.kernel.ptrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lastack.kernel.ptrace.InjectionAnswer.NotThisSocket;
import lastack.kernel.ptrace.InjectionAnswer.ProcessEnded;
import lastack.kernel.ptrace.InjectionAnswer.StandStill;
import lastack.model.ProcessId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the real kernel and real programs; connections are to 127.0.0.1 only. */
final class ForeignDescriptorKernelTest {
    private static final int SIGSTOP = 19;
    private static final int SIGCONT = 18;

    @TempDir
    static Path folder;

    private static Path binary;

    @BeforeAll
    static void compile() throws Exception {
        binary = PtraceTarget.compile(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"idle", "busy", "epoll", "many", "spinning", "spawning", "leaderless", "trapless"})
    void parksAndTheProgramLivesOn(String mode) throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, mode)) {
            InjectionAnswer answer = target.park();

            assertThat(answer).isInstanceOf(StandStill.class);
            assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
            assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
            assertThat(target.isSilent()).isTrue();
            assertThat(target.status("TracerPid")).endsWith("\t0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"idle", "busy", "epoll", "many", "spinning", "spawning", "leaderless", "trapless"})
    void closesAndTheProgramLivesOn(String mode) throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, mode)) {
            InjectionAnswer answer = target.close(target.fd());

            assertThat(answer).isInstanceOf(StandStill.class);
            assertThat(target.ping()).isEqualTo("pong eof closed");
            assertThat(target.ping()).isEqualTo("pong eof closed");
            assertThat(target.isSilent()).isTrue();
        }
    }

    @Test
    void keepsADescriptorThatChildrenInheritInheritable() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "inherited")) {
            target.park();

            assertThat(target.ping()).isEqualTo("pong eof null");
        }
    }

    @Test
    void parksWhereEveryNumberIsTaken() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "full")) {
            InjectionAnswer answer = target.park();

            assertThat(answer).isInstanceOf(StandStill.class);
            assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
        }
    }

    @Test
    void doesNotWaitForALingeringSocket() throws Exception {
        try (PtraceTarget parked = PtraceTarget.start(binary, "linger");
                PtraceTarget closed = PtraceTarget.start(binary, "linger")) {
            StandStill parking = (StandStill) parked.park();
            StandStill closing = (StandStill) closed.close(closed.fd());

            assertThat(parking.nanos()).isLessThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(closing.nanos()).isLessThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(parked.ping()).endsWith("null,cloexec");
            assertThat(closed.ping()).endsWith("closed");
        }
    }

    @Test
    void threadsBlockedOnAParkedSocketGoOnWithDevNull() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "blocked")) {
            StandStill answer = (StandStill) target.park();

            List<String> woken = List.of(target.line(), target.line(), target.line());
            assertThat(woken).containsExactlyInAnyOrder("read=0 errno=0", "poll=1 errno=0", "select=1 errno=0");
            assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
            assertThat(answer.threads()).isEqualTo(5);
        }
    }

    @Test
    void threadsBlockedOnAClosedSocketAreToldSo() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "blocked")) {
            target.close(target.fd());

            List<String> woken = List.of(target.line(), target.line(), target.line());
            assertThat(woken).containsExactlyInAnyOrder("read=-1 errno=9", "poll=1 errno=0", "select=-1 errno=9");
            assertThat(target.ping()).isEqualTo("pong eof closed");
        }
    }

    @Test
    void aThreadBlockedInAcceptIsToldThatItIsNoSocketAnyMore() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "accepting")) {
            target.park();

            assertThat(target.line()).isEqualTo("accept=-1 errno=88");
            assertThat(target.ping()).isEqualTo("pong open socket");
        }
    }

    @Test
    void noWaitingCallIsInterrupted() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "waiting")) {
            StandStill answer = (StandStill) target.park();

            assertThat(answer.threads()).isEqualTo(7);
            // Its receiver has read the end of the connection.
            assertThat(target.line()).isEqualTo("recv=0 errno=0");
            assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
            assertThat(target.isSilent()).isTrue();
        }
    }

    @Test
    void aStoppedProcessStaysStopped() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "many")) {
            target.signal(SIGSTOP);
            await(target, 'T');

            InjectionAnswer answer = target.park();

            assertThat(answer).isInstanceOf(StandStill.class);
            await(target, 'T');
            target.signal(SIGCONT);
            assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
        }
    }

    @Test
    void leavesAnotherSocketAlone() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "idle")) {
            InjectionAnswer other = ForeignDescriptor.park(target.process(), target.fd(), target.inode() + 1);
            InjectionAnswer none = ForeignDescriptor.close(target.process(), 999, target.inode());

            assertThat(other).isEqualTo(new NotThisSocket());
            assertThat(none).isEqualTo(new NotThisSocket());
            assertThat(target.ping()).isEqualTo("pong open socket");
        }
    }

    @Test
    void parkingTwiceFindsItGone() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "idle")) {
            target.park();

            assertThat(target.park()).isEqualTo(new NotThisSocket());
            assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
        }
    }

    @Test
    void leavesALaterProcessOfTheSameNumberAlone() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "idle")) {
            ProcessId earlier = new ProcessId(target.pid(), target.process().startTime() - 1);

            InjectionAnswer answer = ForeignDescriptor.park(earlier, target.fd(), target.inode());

            assertThat(answer).isEqualTo(new ProcessEnded());
            assertThat(target.ping()).isEqualTo("pong open socket");
        }
    }

    @Test
    void aProcessKilledMeanwhileHasEnded() throws Exception {
        for (int delay = 0; delay < 12; delay++) {
            try (PtraceTarget target = PtraceTarget.start(binary, "many")) {
                Thread killer = Thread.ofPlatform().start(killer(target, delay));

                InjectionAnswer answer = target.park();

                killer.join();
                assertThat(answer).isInstanceOfAny(StandStill.class, ProcessEnded.class, NotThisSocket.class);
            }
        }
    }

    private static Runnable killer(PtraceTarget target, int delay) {
        return () -> {
            java.util.concurrent.locks.LockSupport.parkNanos(delay * 500_000L);
            ProcessHandle.of(target.pid()).ifPresent(ProcessHandle::destroyForcibly);
        };
    }

    @Test
    void aRestartableSequenceIsStartedAgain() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "sequence")) {
            InjectionAnswer answer = target.park();

            assertThat(answer).isInstanceOf(StandStill.class);
            assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
        }
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void aJvmLivesOn(Path java) throws Exception {
        try (PtraceTarget target = jvm(java)) {
            InjectionAnswer answer = target.park();

            assertThat(answer).isInstanceOf(StandStill.class);
            assertThat(target.ping()).isEqualTo("pong -1");
            assertThat(target.ping()).isEqualTo("pong -1");
        }
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void aReaderInAJvmSeesTheEnd(Path java) throws Exception {
        try (PtraceTarget target = jvm(java, "reading")) {
            target.park();

            assertThat(target.line()).isIn("read=-1", "read=java.net.SocketException: Socket operation on non-socket");
            assertThat(target.ping()).isEqualTo("pong -1");
        }
    }

    private static PtraceTarget jvm(Path java, String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(java.toString(), "-Xmx64m", "src/test/jvm/JvmTarget.java"), Stream.of(arguments))
                .toList();
        return PtraceTarget.start(command);
    }

    /** Every JVM there is; 25 at least, for this test runs in one. */
    static Stream<Path> jvms() throws Exception {
        Path own = Path.of(System.getProperty("java.home"), "bin", "java").toRealPath();
        try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
            List<Path> found = installed
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .toList();
            List<Path> real = new java.util.ArrayList<>(List.of(own));
            for (Path java : found) {
                real.add(java.toRealPath());
            }
            return real.stream().distinct();
        }
    }

    private static void await(PtraceTarget target, char state) throws Exception {
        for (int i = 0; i < 1000 && target.state() != state; i++) {
            Thread.sleep(2);
        }
        assertThat(target.state()).isEqualTo(state);
    }
}
