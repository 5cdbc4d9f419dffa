package lastack.kernel.seccomp;

import lastack.kernel.Machine;
import lastack.kernel.Syscall;
import org.jspecify.annotations.Nullable;

/**
 * The ways a program can call the kernel, each with numbers of its own ({@code AUDIT_ARCH_*} of {@code linux/audit.h}).
 *
 * <p>A 64-bit kernel runs 32-bit programs too. On i386 socket calls have their own numbers since Linux 4.3, and older C
 * libraries still put them all through {@code socketcall}. A program for x32 calls as {@link #X86_64} with one more bit.
 */
enum Abi {
    X86_64(Machine.X86_64, 0xC000003E, -1),
    I386(Machine.X86_64, 0x40000003, 102),
    AARCH64(Machine.AARCH64, 0xC00000B7, -1),
    ARM(Machine.AARCH64, 0x40000028, -1);

    /** {@code __X32_SYSCALL_BIT}. */
    static final int X32_BIT = 0x40000000;

    private final Machine machine;
    private final int auditArch;
    private final int socketcall;

    Abi(Machine machine, int auditArch, int socketcall) {
        this.machine = machine;
        this.auditArch = auditArch;
        this.socketcall = socketcall;
    }

    /** The one the kernel says a call was made by, or null. */
    static @Nullable Abi of(int auditArch) {
        for (Abi abi : values()) {
            if (abi.auditArch == auditArch) {
                return abi;
            }
        }
        return null;
    }

    Machine machine() {
        return machine;
    }

    int auditArch() {
        return auditArch;
    }

    /** The number of the call that stands for all socket calls, or -1 where there is none. */
    int socketcall() {
        return socketcall;
    }

    /** The number of a call. */
    int number(SocketCall call) {
        return switch (this) {
            case X86_64, AARCH64 -> sixtyFourBit(call).number(machine);
            case I386 -> call.i386();
            case ARM -> call.arm();
        };
    }

    private static Syscall sixtyFourBit(SocketCall call) {
        return switch (call) {
            case BIND -> Syscall.BIND;
            case CONNECT -> Syscall.CONNECT;
            case LISTEN -> Syscall.LISTEN;
        };
    }
}
