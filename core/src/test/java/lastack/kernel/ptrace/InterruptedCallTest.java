package lastack.kernel.ptrace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InterruptedCallTest {
    private static final int EPOLL_WAIT = 232;
    private static final int CLOSE = 3;

    @Test
    void restartsAnInterruptedEpollWait() {
        UserRegs registers = registers(EPOLL_WAIT, -4);

        assertThat(InterruptedCall.restart(registers)).isTrue();
        assertThat(registers.get(UserRegs.RAX)).isEqualTo(-514);
    }

    @Test
    void leavesOtherResultsOtherCallsAndProgramCodeAlone() {
        assertThat(InterruptedCall.restart(registers(EPOLL_WAIT, 1))).isFalse();
        assertThat(InterruptedCall.restart(registers(EPOLL_WAIT, -512))).isFalse();
        assertThat(InterruptedCall.restart(registers(CLOSE, -4))).isFalse();
        assertThat(InterruptedCall.restart(registers(-1, -4))).isFalse();
    }

    private static UserRegs registers(long call, long result) {
        UserRegs registers = new UserRegs();
        registers.set(UserRegs.ORIG_RAX, call);
        registers.set(UserRegs.RAX, result);
        return registers;
    }
}
