package lastack.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lastack.model.Family;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of system calls and errors as this machine's headers have them. */
final class HeadersTest {
    @Test
    void agreesOnTheNumbersOfSystemCallsOfThisMachine() throws IOException, InterruptedException {
        List<Syscall> calls = callsOf(Machine.CURRENT);

        List<String> numbers = numbers("#include <sys/syscall.h>", calls, "SYS_");

        assertThat(numbers).isEqualTo(expected(calls, Machine.CURRENT));
    }

    /** {@code asm-generic/unistd.h} is what aarch64 uses, and every machine has it. */
    @Test
    void agreesOnTheNumbersOfSystemCallsOfAarch64() throws IOException, InterruptedException {
        List<Syscall> calls = callsOf(Machine.AARCH64);

        List<String> numbers = numbers("#include <asm-generic/unistd.h>", calls, "__NR_");

        assertThat(numbers).isEqualTo(expected(calls, Machine.AARCH64));
    }

    private static List<Syscall> callsOf(Machine machine) {
        return Arrays.stream(Syscall.values())
                .filter(call -> call.number(machine) >= 0)
                .toList();
    }

    private static List<String> expected(List<Syscall> calls, Machine machine) {
        return calls.stream()
                .map(call -> call.manualName() + " " + call.number(machine))
                .toList();
    }

    private static List<String> numbers(String include, List<Syscall> calls, String prefix)
            throws IOException, InterruptedException {
        String lines = calls.stream()
                .map(Syscall::manualName)
                .map(name -> "printf(\"%s %%d\\n\", %s%s);".formatted(name, prefix, name))
                .collect(Collectors.joining("\n"));
        return CProgram.run("#include <stdio.h>\n" + include + "\nint main(void) {\n" + lines + "\nreturn 0;\n}\n");
    }

    @Test
    void agreesOnTheNumbersOfSocketOptions() throws IOException, InterruptedException {
        String lines = Arrays.stream(SockOpt.values())
                .map(option -> "printf(\"%s %%d %%d\\n\", %s, %s);".formatted(option, levelOf(option), option))
                .collect(Collectors.joining("\n"));

        List<String> real = CProgram.run("#include <stdio.h>\n#include <netinet/in.h>\n#include <netinet/tcp.h>\n"
                + "#include <sys/socket.h>\nint main(void) {\n" + lines + "\nreturn 0;\n}\n");

        assertThat(real)
                .isEqualTo(Arrays.stream(SockOpt.values())
                        .map(option -> option + " " + option.level() + " " + option.number())
                        .toList());
    }

    private static String levelOf(SockOpt option) {
        return switch (option.name().substring(0, option.name().indexOf('_'))) {
            case "SO" -> "SOL_SOCKET";
            case "IP" -> "IPPROTO_IP";
            case "IPV6" -> "IPPROTO_IPV6";
            default -> "IPPROTO_TCP";
        };
    }

    @Test
    void agreesOnTheNamesOfErrors() throws IOException, InterruptedException {
        List<String> known = new ArrayList<>();
        IntStream.rangeClosed(1, 133)
                .mapToObj(Errno::new)
                .filter(errno -> !errno.name().startsWith("errno "))
                .forEach(errno -> known.add(errno.number() + " " + errno.name()));

        List<String> real = CProgram.run("""
                #define _GNU_SOURCE
                #include <stdio.h>
                #include <string.h>
                int main(void) {
                    for (int i = 1; i <= 133; i++)
                        if (strerrorname_np(i))
                            printf("%d %s\\n", i, strerrorname_np(i));
                    return 0;
                }
                """);

        assertThat(known).isNotEmpty().isSubsetOf(real);
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpState.class,
            names = {
                "ESTABLISHED",
                "SYN_SENT",
                "SYN_RECV",
                "FIN_WAIT_1",
                "FIN_WAIT_2",
                "TIME_WAIT",
                "CLOSE_WAIT",
                "LAST_ACK",
                "LISTEN",
                "CLOSING"
            })
    void agreesOnTheNumbersOfStates(TcpState state) throws IOException, InterruptedException {
        String name =
                state.name().toUpperCase(Locale.ROOT).replace("WAIT_1", "WAIT1").replace("WAIT_2", "WAIT2");

        List<String> real = CProgram.run("""
                #include <stdio.h>
                #include <netinet/tcp.h>
                int main(void) { printf("%%d\\n", TCP_%s); return 0; }
                """.formatted(name));

        assertThat(real).containsExactly(Integer.toString(state.number()));
    }

    @Test
    void agreesOnTheNumbersOfFamilies() throws IOException, InterruptedException {
        List<String> real = CProgram.run("""
                #include <stdio.h>
                #include <sys/socket.h>
                int main(void) { printf("%d\\n%d\\n", AF_INET, AF_INET6); return 0; }
                """);

        assertThat(real)
                .containsExactly(Integer.toString(Family.INET.number()), Integer.toString(Family.INET6.number()));
    }
}
