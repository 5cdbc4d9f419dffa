package lastack.kernel.seccomp;

import static lastack.kernel.BpfProgram.AND;
import static lastack.kernel.BpfProgram.JUMP_IF_EQUAL;
import static lastack.kernel.BpfProgram.LOAD_WORD;
import static lastack.kernel.BpfProgram.RETURN;

import java.util.Arrays;
import java.util.Set;
import lastack.kernel.BpfProgram;
import lastack.kernel.Machine;

/**
 * The filter program: the chosen socket calls wait for an answer, every other call goes on untouched. It looks at {@code struct
 * seccomp_data} ({@code linux/seccomp.h}):
 *
 * <pre>
 *  0    4      8                      16       24
 *  | nr | arch | instruction pointer | args[0] | ...
 * </pre>
 */
final class NotifyFilter {
    private static final int NR = 0;
    private static final int ARCH = 4;
    private static final int FIRST_ARGUMENT = 16;

    private static final int RET_ALLOW = 0x7FFF0000;
    private static final int RET_USER_NOTIF = 0x7FC00000;

    private final BpfProgram program = new BpfProgram();

    private NotifyFilter() {}

    /** The program for a machine and the 32-bit programs it runs. */
    static BpfProgram program(Machine machine, Set<SocketCall> calls) {
        NotifyFilter filter = new NotifyFilter();
        for (Abi abi : Abi.values()) {
            if (abi.machine() == machine) {
                filter.add(abi, calls);
            }
        }
        filter.program.add(RETURN, 0, 0, RET_ALLOW);
        return filter.program;
    }

    private void add(Abi abi, Set<SocketCall> calls) {
        program.add(LOAD_WORD, 0, 0, ARCH);
        int skip = program.length();
        program.add(JUMP_IF_EQUAL, 0, 0, abi.auditArch());
        program.add(LOAD_WORD, 0, 0, NR);
        if (abi == Abi.X86_64) {
            program.add(AND, 0, 0, ~Abi.X32_BIT);
        }
        notifyOf(calls.stream().mapToInt(abi::number).toArray());
        if (abi.socketcall() >= 0) {
            addSocketcall(abi, calls);
        }
        program.add(RETURN, 0, 0, RET_ALLOW);
        program.landWhenFalse(skip);
    }

    private void addSocketcall(Abi abi, Set<SocketCall> calls) {
        program.add(JUMP_IF_EQUAL, 1, 0, abi.socketcall());
        program.add(RETURN, 0, 0, RET_ALLOW);
        program.add(LOAD_WORD, 0, 0, FIRST_ARGUMENT);
        notifyOf(calls.stream().mapToInt(SocketCall::socketcall).toArray());
    }

    private void notifyOf(int... numbers) {
        Arrays.stream(numbers).sorted().forEach(number -> {
            program.add(JUMP_IF_EQUAL, 0, 1, number);
            program.add(RETURN, 0, 0, RET_USER_NOTIF);
        });
    }
}
