package lastack.kernel.seccomp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import lastack.kernel.Kernel;
import lastack.kernel.Machine;

/**
 * The filter program: the chosen socket calls wait for an answer, every other call goes on untouched.
 *
 * <p>{@code struct sock_filter} ({@code linux/filter.h}), 8 bytes each, over {@code struct seccomp_data}:
 *
 * <pre>
 *  0        2    3    4            8           0    4      8                      16       24
 *  | code   | jt | jf | k          |           | nr | arch | instruction pointer | args[0] | ...
 * </pre>
 */
final class NotifyFilter {
    private static final int BYTES = 8;
    private static final int MOST_INSTRUCTIONS = 64;

    /** {@code BPF_LD | BPF_W | BPF_ABS}. */
    private static final int LOAD = 0x20;
    /** {@code BPF_JMP | BPF_JEQ | BPF_K}. */
    private static final int JUMP_IF_EQUAL = 0x15;
    /** {@code BPF_ALU | BPF_AND | BPF_K}. */
    private static final int AND = 0x54;
    /** {@code BPF_RET | BPF_K}. */
    private static final int RETURN = 0x06;

    private static final int NR = 0;
    private static final int ARCH = 4;
    private static final int FIRST_ARGUMENT = 16;

    private static final int RET_ALLOW = 0x7FFF0000;
    private static final int RET_USER_NOTIF = 0x7FC00000;

    private final ByteBuffer code = Kernel.memory(MOST_INSTRUCTIONS * BYTES);

    private NotifyFilter() {}

    /** The program for a machine and the 32-bit programs it runs. */
    static ByteBuffer program(Machine machine, Set<SocketCall> calls) {
        NotifyFilter filter = new NotifyFilter();
        for (Abi abi : Abi.values()) {
            if (abi.machine() == machine) {
                filter.add(abi, calls);
            }
        }
        filter.add(RETURN, 0, 0, RET_ALLOW);
        return filter.code.flip();
    }

    /** How many instructions a program has. */
    static int length(ByteBuffer program) {
        return program.limit() / BYTES;
    }

    private void add(Abi abi, Set<SocketCall> calls) {
        add(LOAD, 0, 0, ARCH);
        int skip = code.position();
        add(JUMP_IF_EQUAL, 0, 0, abi.auditArch());
        add(LOAD, 0, 0, NR);
        if (abi == Abi.X86_64) {
            add(AND, 0, 0, ~Abi.X32_BIT);
        }
        notifyOf(calls.stream().mapToInt(abi::number).toArray());
        if (abi.socketcall() >= 0) {
            addSocketcall(abi, calls);
        }
        add(RETURN, 0, 0, RET_ALLOW);
        code.put(skip + 3, (byte) ((code.position() - skip) / BYTES - 1));
    }

    private void addSocketcall(Abi abi, Set<SocketCall> calls) {
        add(JUMP_IF_EQUAL, 1, 0, abi.socketcall());
        add(RETURN, 0, 0, RET_ALLOW);
        add(LOAD, 0, 0, FIRST_ARGUMENT);
        notifyOf(calls.stream().mapToInt(SocketCall::socketcall).toArray());
    }

    private void notifyOf(int... numbers) {
        Arrays.stream(numbers).sorted().forEach(number -> {
            add(JUMP_IF_EQUAL, 0, 1, number);
            add(RETURN, 0, 0, RET_USER_NOTIF);
        });
    }

    private void add(int operation, int ifTrue, int ifFalse, int k) {
        code.putShort((short) operation).put((byte) ifTrue).put((byte) ifFalse).putInt(k);
    }
}
