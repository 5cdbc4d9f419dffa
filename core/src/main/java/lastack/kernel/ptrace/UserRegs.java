package lastack.kernel.ptrace;

import lastack.kernel.Syscall;

/**
 * {@code struct user_regs_struct} (x86-64, {@code sys/user.h}): 27 words of 8 bytes.
 *
 * <pre>
 *   0 r15       8 r14      16 r13      24 r12      32 rbp      40 rbx      48 r11
 *  56 r10      64 r9       72 r8       80 rax      88 rcx      96 rdx     104 rsi
 * 112 rdi     120 orig_rax 128 rip     136 cs      144 eflags  152 rsp     160 ss
 * 168 fs_base 176 gs_base  184 ds      192 es      200 fs      208 gs
 * </pre>
 */
final class UserRegs {
    static final int BYTES = 27 * 8;
    static final int RAX = 80;
    static final int RDX = 96;
    static final int RSI = 104;
    static final int RDI = 112;
    static final int ORIG_RAX = 120;
    static final int RIP = 128;
    static final int CS = 136;
    static final int RSP = 152;

    static final long USER64_CS = 0x33;
    private static final long NO_CALL = -1;
    private static final int IOV_LEN = 8;

    private final NativeBytes words = NativeBytes.zeros(BYTES);

    /** {@code struct iovec}: where the registers are, and how many bytes; the kernel shortens it for a 32-bit thread. */
    private final NativeBytes vector = NativeBytes.zeros(16);

    UserRegs() {
        vector.bytes().putLong(0, words.address());
    }

    /** The address of an iovec over these registers, good for as long as this object is. */
    long vector() {
        vector.bytes().putLong(IOV_LEN, BYTES);
        return vector.address();
    }

    long get(int offset) {
        return words.bytes().getLong(offset);
    }

    void set(int offset, long value) {
        words.bytes().putLong(offset, value);
    }

    void copy(UserRegs from) {
        words.bytes().put(0, from.words.bytes(), 0, BYTES);
    }

    /** Whether the thread was stopped inside a system call, which it has not yet come back from. */
    boolean inCall() {
        return get(ORIG_RAX) != NO_CALL;
    }

    /** Whether what was read is a thread running 64-bit code. */
    boolean is64Bit() {
        return vector.bytes().getLong(IOV_LEN) == BYTES && get(CS) == USER64_CS;
    }

    /** Makes the thread go through this call as soon as it runs, and the kernel forget the one it was in. */
    void prepareCall(long instruction, Syscall call, long a, long b, long c) {
        set(RIP, instruction);
        set(ORIG_RAX, NO_CALL);
        set(RAX, call.number());
        set(RDI, a);
        set(RSI, b);
        set(RDX, c);
    }
}
