package lastack.kernel.ptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small texts and bytes an injection reads. */
final class InjectionDecodersTest {
    @Test
    void findsASyscallInstructionInCode() {
        ByteBuffer code = little(0x48, 0x89, 0xc7, 0x0f, 0x05, 0xc3);

        assertThat(SyscallGadget.offsetIn(code, 6)).isEqualTo(3);
        assertThat(SyscallGadget.offsetIn(code, 4)).isEqualTo(-1);
    }

    @Test
    void findsTheVdsoInTheAuxiliaryVector() {
        ByteBuffer auxv = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        auxv.putLong(51)
                .putLong(0xd30)
                .putLong(33)
                .putLong(0x7ffe2000)
                .putLong(0)
                .putLong(0);

        assertThat(SyscallGadget.vdsoStart(auxv.array())).isEqualTo(0x7ffe2000);
        assertThat(SyscallGadget.vdsoStart(new byte[0])).isZero();
    }

    @Test
    void readsTheCloseOnExecFlag() {
        assertThat(ParkDescriptor.closesOnExec("pos:\t0\nflags:\t02000002\nmnt_id:\t9\n"))
                .isTrue();
        assertThat(ParkDescriptor.closesOnExec("pos:\t0\nflags:\t04002\nmnt_id:\t9\n"))
                .isFalse();
    }

    @Test
    void readsTheLimitOfOpenFiles() {
        String limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            1024                 524288               files
                """;

        assertThat(InjectionChecks.openFiles(limits)).isEqualTo(1024);
        assertThat(InjectionChecks.openFiles("Max open files   unlimited   unlimited   files\n"))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void knowsTheFaultSignals() {
        assertThat(FaultSignals.contains(5)).isTrue();
        assertThat(FaultSignals.contains(11)).isTrue();
        assertThat(FaultSignals.contains(31)).isTrue();
        assertThat(FaultSignals.contains(10)).isFalse();
        assertThat(FaultSignals.contains(34)).isFalse();
    }

    @Test
    void namesWhatYamaForbids(@TempDir Path folder) throws Exception {
        Path scope = folder.resolve("ptrace_scope");

        assertThat(Permission.yama(scope)).isEmpty();
        assertThat(Permission.yama(Files.writeString(scope, "0\n"))).isEmpty();
        assertThat(Permission.yama(Files.writeString(scope, "1\n"))).contains("own children");
        assertThat(Permission.yama(Files.writeString(scope, "3\n"))).contains("nobody");
    }

    @Test
    void refusesOtherMachines() {
        assertThatThrownBy(() -> InjectionChecks.refuseByNumber(Machine.AARCH64, 12, 11))
                .isInstanceOf(InjectionRefusedException.class)
                .hasMessageContaining("x86-64");
    }

    private static ByteBuffer little(int... bytes) {
        ByteBuffer code = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : bytes) {
            code.put((byte) value);
        }
        return code;
    }
}
