package lastack.kernel.process;

import java.util.Locale;
import lastack.kernel.Machine;
import org.jspecify.annotations.Nullable;

/**
 * System calls in which a thread can wait for a descriptor, with their numbers ({@code asm/unistd_64.h};
 * {@code asm-generic/unistd.h} for aarch64) and where they name it.
 */
enum WaitingCall {
    READ(0, 63, Names.FIRST),
    READV(19, 65, Names.FIRST),
    RECVFROM(45, 207, Names.FIRST),
    RECVMSG(47, 212, Names.FIRST),
    RECVMMSG(299, 243, Names.FIRST),
    ACCEPT(43, 202, Names.FIRST),
    ACCEPT4(288, 242, Names.FIRST),
    CONNECT(42, 203, Names.FIRST_TO_WRITE),
    WRITE(1, 64, Names.FIRST_TO_WRITE),
    WRITEV(20, 66, Names.FIRST_TO_WRITE),
    SENDTO(44, 206, Names.FIRST_TO_WRITE),
    SENDMSG(46, 211, Names.FIRST_TO_WRITE),
    SENDMMSG(307, 269, Names.FIRST_TO_WRITE),
    SENDFILE(40, 71, Names.SECOND_TO_FIRST),
    SPLICE(275, 76, Names.FIRST_TO_THIRD),
    POLL(7, -1, Names.POLL_ARRAY),
    PPOLL(271, 73, Names.POLL_ARRAY),
    SELECT(23, -1, Names.BIT_SETS),
    PSELECT6(270, 72, Names.BIT_SETS),
    EPOLL_WAIT(232, -1, Names.EPOLL_SET),
    EPOLL_PWAIT(281, 22, Names.EPOLL_SET),
    EPOLL_PWAIT2(441, 441, Names.EPOLL_SET);

    /** Where the arguments name the descriptors. */
    enum Names {
        FIRST,
        /** It waits until something can be written, which it can for long after the peer's end. */
        FIRST_TO_WRITE,
        SECOND_TO_FIRST,
        FIRST_TO_THIRD,
        /** {@code struct pollfd *} first, their number second. */
        POLL_ARRAY,
        /** The highest descriptor plus one first, then three {@code fd_set *}. */
        BIT_SETS,
        /** The epoll descriptor first. */
        EPOLL_SET
    }

    private final int x86;
    private final int aarch64;
    private final Names names;

    WaitingCall(int x86, int aarch64, Names names) {
        this.x86 = x86;
        this.aarch64 = aarch64;
        this.names = names;
    }

    /** The call with this number on this machine, or null. */
    static @Nullable WaitingCall of(long number) {
        for (WaitingCall call : values()) {
            if (number >= 0 && call.number(Machine.CURRENT) == number) {
                return call;
            }
        }
        return null;
    }

    int number(Machine machine) {
        return switch (machine) {
            case X86_64 -> x86;
            case AARCH64 -> aarch64;
        };
    }

    Names names() {
        return names;
    }

    /** The name as in the manual. */
    String manualName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
