package lastack.kernel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * A classic BPF program ({@code linux/filter.h}).
 *
 * <pre>
 * struct sock_filter           struct sock_fprog
 *  0      2    3    4     8     0     2         8         16
 *  +------+----+----+-----+     +-----+---------+---------+
 *  | code | jt | jf | k   |     | len | padding | pointer |
 *  +------+----+----+-----+     +-----+---------+---------+
 * </pre>
 */
public final class BpfProgram {
    public static final int LOAD_WORD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    public static final int LOAD_HALF = 0x28; // BPF_LD | BPF_H | BPF_ABS
    public static final int LOAD_BYTE = 0x30; // BPF_LD | BPF_B | BPF_ABS
    public static final int LOAD_INDEXED_HALF = 0x48; // BPF_LD | BPF_H | BPF_IND
    public static final int LOAD_V4_HEADER_LENGTH = 0xB1; // BPF_LDX | BPF_B | BPF_MSH
    public static final int AND = 0x54; // BPF_ALU | BPF_AND | BPF_K
    public static final int JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    public static final int JUMP_IF_ANY_BIT = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    public static final int RETURN = 0x06; // BPF_RET | BPF_K

    /** The size of {@code struct sock_fprog}. */
    public static final int HEADER = 16;

    static final int INSTRUCTION = 8;
    private static final int MOST = 64;
    private static final int WHEN_FALSE = 3;

    private final ByteBuffer code = Kernel.memory(MOST * INSTRUCTION);

    /** What takes the address of a {@code struct sock_fprog}. */
    public interface Use {
        /** Hands it to the kernel; the answer. */
        long with(long header);
    }

    /** One more instruction. The jumps are counted in instructions that are passed over. */
    public void add(int operation, int whenTrue, int whenFalse, int constant) {
        code.putShort((short) operation)
                .put((byte) whenTrue)
                .put((byte) whenFalse)
                .putInt(constant);
    }

    /** How many instructions it has. */
    public int length() {
        return code.position() / INSTRUCTION;
    }

    /** Makes an earlier jump lead here where its test fails. */
    public void landWhenFalse(int jump) {
        code.put(jump * INSTRUCTION + WHEN_FALSE, (byte) (length() - jump - 1));
    }

    /** Gives the finished program to the kernel, which copies it. */
    public long give(Use use) {
        ByteBuffer header = Kernel.memory(HEADER).putShort(0, (short) length()).putLong(8, Kernel.address(code));
        long result = use.with(Kernel.address(header));
        Reference.reachabilityFence(header);
        Reference.reachabilityFence(code);
        return result;
    }
}
