package lastack.kernel.ptrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lastack.kernel.Syscall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserRegsTest {
    @Test
    void hasTheOffsetsOfTheRealHeader(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("offsets.c");
        Path binary = folder.resolve("offsets");
        Files.writeString(source, """
                #include <stddef.h>
                #include <stdio.h>
                #include <sys/user.h>
                #define AT(field) offsetof(struct user_regs_struct, field)
                int main(void)
                {
                    printf("%zu %zu %zu %zu %zu %zu %zu %zu %zu", sizeof(struct user_regs_struct), AT(rax), AT(rdx), AT(rsi),
                           AT(rdi), AT(orig_rax), AT(rip), AT(cs), AT(rsp));
                }
                """);
        PtraceTarget.run(List.of("gcc", "-o", binary.toString(), source.toString()));

        String offsets = PtraceTarget.run(List.of(binary.toString()));

        assertThat(offsets)
                .isEqualTo(UserRegs.BYTES + " " + UserRegs.RAX + " " + UserRegs.RDX + " " + UserRegs.RSI + " "
                        + UserRegs.RDI + " " + UserRegs.ORIG_RAX + " " + UserRegs.RIP + " " + UserRegs.CS + " "
                        + UserRegs.RSP);
    }

    @Test
    void preparesACall() {
        UserRegs registers = new UserRegs();

        registers.prepareCall(0x7000, Syscall.CLOSE, 7, 8, 9);

        assertThat(registers.get(UserRegs.RIP)).isEqualTo(0x7000);
        assertThat(registers.get(UserRegs.RDI)).isEqualTo(7);
        assertThat(registers.get(UserRegs.RSI)).isEqualTo(8);
        assertThat(registers.get(UserRegs.RDX)).isEqualTo(9);
        assertThat(registers.inCall()).isFalse();
    }

    @Test
    void knowsA32BitThreadByItsCodeSegment() {
        UserRegs registers = new UserRegs();
        registers.vector();

        registers.set(UserRegs.CS, 0x33);
        assertThat(registers.is64Bit()).isTrue();

        registers.set(UserRegs.CS, 0x23);
        assertThat(registers.is64Bit()).isFalse();
    }
}
