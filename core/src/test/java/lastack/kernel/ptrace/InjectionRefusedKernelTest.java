package lastack.kernel.ptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import lastack.kernel.process.ProcStat;
import lastack.kernel.ptrace.InjectionAnswer.StandStill;
import lastack.model.ProcessId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and why. Runs as root: it gives rights away to be without them. */
final class InjectionRefusedKernelTest {
    private static final String NOBODY = "65534";

    @TempDir
    static Path folder;

    private static Path binary;

    @BeforeAll
    static void compile() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        binary = PtraceTarget.compile(folder);
    }

    @Test
    void refusesA32BitProgram() throws Exception {
        Path small = PtraceTarget.compile(folder, "-m32");
        try (PtraceTarget target = PtraceTarget.start(small, "idle")) {
            assertThatThrownBy(target::park)
                    .isInstanceOf(InjectionRefusedException.class)
                    .hasMessageContaining("32-bit");
            assertThat(target.ping()).isEqualTo("pong open socket");
        }
    }

    @Test
    void refusesATracedProgramAndNamesTheTracer() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "idle");
                PtraceTarget tracer = PtraceTarget.start(binary, "trace", Integer.toString(target.pid()))) {
            assertThatThrownBy(target::park)
                    .isInstanceOf(InjectionRefusedException.class)
                    .hasMessageContaining("pid " + tracer.pid() + " (ptrace_target)");
            assertThat(target.ping()).isEqualTo("pong open socket");
        }
    }

    @Test
    void refusesAThreadThatDoesNotStopAndLetsTheRestGo() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "vfork")) {
            Thread.sleep(100);

            assertThatThrownBy(target::park)
                    .isInstanceOf(InjectionRefusedException.class)
                    .hasMessageContaining("state is D");
            assertThat(ProcStatus.read(target.pid(), target.pid()).tracer()).isZero();
        }
    }

    @Test
    void refusesToParkAboveTheLimit() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "lowered")) {
            assertThatThrownBy(target::park)
                    .isInstanceOf(InjectionRefusedException.class)
                    .hasMessageContaining("close it instead");
            assertThat(target.close(target.fd())).isInstanceOf(StandStill.class);
            assertThat(target.ping()).isEqualTo("pong eof closed");
        }
    }

    @Test
    void refusesItself() {
        ProcessId own = id((int) ProcessHandle.current().pid());

        assertThatThrownBy(() -> ForeignDescriptor.park(own, 0, 1))
                .isInstanceOf(InjectionRefusedException.class)
                .hasMessageContaining("lastack itself");
    }

    @Test
    void refusesPid1() {
        assertThatThrownBy(() -> ForeignDescriptor.close(id(1), 0, 1))
                .isInstanceOf(InjectionRefusedException.class)
                .hasMessageContaining("pid 1 ");
    }

    @Test
    void refusesAChildOfItsOwn() throws Exception {
        Process child = new ProcessBuilder("sleep", "60").start();
        try {
            assertThatThrownBy(() -> ForeignDescriptor.park(id((int) child.pid()), 0, 1))
                    .isInstanceOf(InjectionRefusedException.class)
                    .hasMessageContaining("started by lastack itself");
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void suspendsASeccompFilter() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "filtered")) {
            InjectionAnswer answer = target.park();

            assertThat(answer).isInstanceOf(StandStill.class);
            assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
            assertThat(target.status("Seccomp")).endsWith("\t2");
        }
    }

    @Test
    void refusesASeccompFilterWithoutTheRightToSuspendIt() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "filtered")) {
            String said = injectOnce(target, "--bounding-set=-sys_admin");

            assertThat(said).startsWith("refused: ").contains("seccomp", "CAP_SYS_ADMIN");
            assertThat(target.ping()).isEqualTo("pong open socket");
        }
    }

    @Test
    void refusesAnotherUsersProgramWithoutTheRight() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(
                List.of("setpriv", "--reuid", NOBODY, "--clear-groups", binary.toString(), "idle"))) {
            String said = injectOnce(target, "--bounding-set=-sys_ptrace");

            assertThat(said).startsWith("refused: ").contains("uid " + NOBODY, "CAP_SYS_PTRACE");
            assertThat(target.ping()).isEqualTo("pong open socket");
        }
    }

    @Test
    void needsNoCapabilityForTheSameUser() throws Exception {
        try (PtraceTarget target =
                PtraceTarget.start(List.of("setpriv", "--bounding-set=-all", binary.toString(), "idle"))) {
            String said = injectOnce(target, "--bounding-set=-all");

            assertThat(said).startsWith("StandStill");
            assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
        }
    }

    private static String injectOnce(PtraceTarget target, String without) throws Exception {
        List<String> command = new ArrayList<>(List.of("setpriv", without, "--inh-caps=-all"));
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), InjectOnce.class.getName(), "park"));
        command.addAll(List.of("" + target.pid(), "" + target.fd(), "" + target.inode()));
        return PtraceTarget.run(command);
    }

    private static ProcessId id(int pid) {
        return new ProcessId(pid, ProcStat.startTime(pid));
    }
}
