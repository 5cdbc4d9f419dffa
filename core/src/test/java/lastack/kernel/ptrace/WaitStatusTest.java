package lastack.kernel.ptrace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WaitStatusTest {
    @Test
    void tellsAnInterruptedThread() {
        WaitStatus status = new WaitStatus(0x80057f);

        assertThat(status.isEventStop()).isTrue();
        assertThat(status.isCallStop()).isFalse();
        assertThat(status.isSignalStop()).isFalse();
        assertThat(status.ended()).isFalse();
    }

    @Test
    void tellsAGroupStop() {
        WaitStatus status = new WaitStatus(0x80137f);

        assertThat(status.isEventStop()).isTrue();
        assertThat(status.signal()).isEqualTo(19);
    }

    @Test
    void tellsTheEdgeOfACall() {
        WaitStatus status = new WaitStatus(0x857f);

        assertThat(status.isCallStop()).isTrue();
        assertThat(status.isSignalStop()).isFalse();
    }

    @Test
    void tellsASignalOnItsWay() {
        WaitStatus status = new WaitStatus(0x0b7f);

        assertThat(status.isSignalStop()).isTrue();
        assertThat(status.signal()).isEqualTo(11);
    }

    @Test
    void tellsTheEndByExitAndBySignal() {
        assertThat(new WaitStatus(0x0100).ended()).isTrue();
        assertThat(new WaitStatus(9).ended()).isTrue();
        assertThat(new WaitStatus(0x8b).ended()).isTrue();
    }
}
