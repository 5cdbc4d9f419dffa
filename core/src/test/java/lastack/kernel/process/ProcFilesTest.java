package lastack.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as {@code /proc} has them, recorded on Linux 6.18. */
final class ProcFilesTest {
    private static final String FIELDS_BEHIND_THE_STATE =
            " 4711 4712 4712 34817 4712 4194304 101 0 0 0 0 0 0 0 20 0 1 0 163504 2560000 398 18446744073709551615 0 0";

    private static final String STATUS = """
            Name:\tnc
            Umask:\t0022
            State:\tS (sleeping)
            Tgid:\t4712
            Pid:\t4712
            PPid:\t4711
            TracerPid:\t99
            Uid:\t1000\t1001\t1002\t1003
            Gid:\t0\t0\t0\t0
            CapInh:\t0000000000000000
            CapPrm:\t000001fffeffffff
            CapEff:\t0000000000081000
            CapBnd:\t000001fffeffffff
            CapAmb:\t0000000000000000
            NoNewPrivs:\t0
            Seccomp:\t2
            """;

    @ParameterizedTest
    @ValueSource(strings = {"nc", "a b", "(sd-pam)", "x) R 1 (y", "", "((", "))", "\u00e4\u00f6"})
    void findsTheFieldsBehindWhateverName(String comm) throws IOException {
        ProcStat stat = ProcStat.parse("4712 (" + comm + ") T" + FIELDS_BEHIND_THE_STATE + "\n");

        assertThat(stat).isEqualTo(new ProcStat(comm, 'T', 4711, 163_504));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4712", "4712 nc S 1", "4712 (nc) S", "4712 (nc) S 1 2 3", "4712 )nc( S 1"})
    void refusesALineThatIsNone(String line) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ProcStat.parse(line));
    }

    @Test
    void refusesFieldsThatAreNoNumbers() {
        String line = "4712 (nc) S" + FIELDS_BEHIND_THE_STATE.replace("163504", "soon");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ProcStat.parse(line));
    }

    @Test
    void knowsThisProcess() throws IOException {
        int pid = (int) ProcessHandle.current().pid();

        ProcStat stat = ProcStat.read(pid);

        assertThat(stat.comm()).isNotEmpty();
        assertThat(stat.parent())
                .isEqualTo((int) ProcessHandle.current().parent().orElseThrow().pid());
        assertThat(ProcStat.startTime(pid)).isEqualTo(stat.startTime()).isPositive();
    }

    @Test
    void knowsThatThereIsNoSuchProcess() {
        assertThat(ProcStat.startTime(Integer.MAX_VALUE)).isEqualTo(-1);
        assertThat(ProcStat.state(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void readsTheEffectiveUserAndCapabilities() {
        Privileges privileges = Privileges.parse(STATUS);

        assertThat(privileges.uid()).isEqualTo(1001);
        assertThat(privileges.has(Privileges.CAP_NET_ADMIN)).isTrue();
        assertThat(privileges.has(Privileges.CAP_SYS_PTRACE)).isTrue();
        assertThat(privileges.has(Privileges.CAP_KILL)).isFalse();
        assertThat(privileges.seesAllDescriptors()).isFalse();
    }

    @Test
    void readsAUserNumberOfThirtyTwoBits() {
        assertThat(Privileges.parse(STATUS.replace("1001", "4294967294")).uid()).isEqualTo(-2);
    }

    @Test
    void knowsItsOwnPrivileges() {
        Privileges own = Privileges.own();

        assertThat(own.uid()).isNotEqualTo(-1);
    }
}
