package lastack.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import lastack.kernel.CProgram;
import lastack.kernel.Machine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of system calls as this machine's headers have them; every machine has those of aarch64. */
final class WaitingCallTest {
    @ParameterizedTest
    @CsvSource({"X86_64, sys/syscall.h, SYS_", "AARCH64, asm-generic/unistd.h, __NR_"})
    void agreesOnTheNumbersOfSystemCalls(Machine machine, String header, String prefix)
            throws IOException, InterruptedException {
        List<WaitingCall> calls = Arrays.stream(WaitingCall.values())
                .filter(call -> call.number(machine) >= 0)
                .toList();
        String lines = calls.stream()
                .map(call -> "printf(\"%s %%d\\n\", %s%s);".formatted(call.manualName(), prefix, call.manualName()))
                .collect(Collectors.joining("\n"));

        List<String> real = CProgram.run(
                "#include <stdio.h>\n#include <" + header + ">\nint main(void) {\n" + lines + "\nreturn 0;\n}\n");

        assertThat(real)
                .isEqualTo(calls.stream()
                        .map(call -> call.manualName() + " " + call.number(machine))
                        .toList());
    }
}
