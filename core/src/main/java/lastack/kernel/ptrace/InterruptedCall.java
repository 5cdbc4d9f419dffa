package lastack.kernel.ptrace;

/**
 * Makes a system call that a stop has interrupted start again unseen.
 *
 * <p>Most do by themselves. Those that signal(7) lists under "interruption by stop signals" come back with EINTR instead,
 * which many programs take for a failure. With {@code ERESTARTNOHAND} in its place the kernel restarts the call when no
 * handler runs, and turns it into EINTR again when one does. A call with a time limit then waits its full time anew.
 */
final class InterruptedCall {
    private static final long EINTR = -4;
    private static final long ERESTARTNOHAND = -514;

    private InterruptedCall() {}

    /** Changes the registers so; says whether there was something to change. */
    static boolean restart(UserRegs registers) {
        boolean interrupted = registers.get(UserRegs.RAX) == EINTR && isUnrestarted(registers.get(UserRegs.ORIG_RAX));
        if (interrupted) {
            registers.set(UserRegs.RAX, ERESTARTNOHAND);
        }
        return interrupted;
    }

    /** Numbers of {@code asm/unistd_64.h}. The socket calls are those that may have SO_RCVTIMEO or SO_SNDTIMEO. */
    private static boolean isUnrestarted(long call) {
        return switch ((int) call) {
            case 232, 281, 441 -> true; // epoll_wait, epoll_pwait, epoll_pwait2
            case 65, 220, 128, 208 -> true; // semop, semtimedop, rt_sigtimedwait, io_getevents
            case 0, 19, 45, 47 -> true; // read, readv, recvfrom, recvmsg
            case 1, 20, 44, 46 -> true; // write, writev, sendto, sendmsg
            case 42, 43, 288 -> true; // connect, accept, accept4
            default -> false;
        };
    }
}
