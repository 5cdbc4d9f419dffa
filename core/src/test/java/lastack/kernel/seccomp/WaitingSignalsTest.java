package lastack.kernel.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WaitingSignalsTest {
    private static final String ALARM = "0000000000002000";
    private static final String TERM = "0000000000004000";
    private static final String STOP = "0000000000080000";
    private static final String NONE = "0000000000000000";

    private static WaitingSignals signals(int threads, String own, String shared, String blocked) {
        return WaitingSignals.parse("Name:\tnc\nTgid:\t7\nThreads:\t" + threads + "\nSigQ:\t0/31\nSigPnd:\t" + own
                + "\nShdPnd:\t" + shared + "\nSigBlk:\t" + blocked + "\nSigIgn:\t" + NONE + "\n");
    }

    @Test
    void aBlockedSignalIsNone() {
        assertThat(signals(1, NONE, ALARM, ALARM).any()).isFalse();
        assertThat(signals(1, NONE, ALARM, TERM).any()).isTrue();
    }

    @Test
    void whatTheProcessIsSentMayBeForAnotherThread() {
        assertThat(signals(1, NONE, ALARM, NONE).surelyItsOwn()).isTrue();
        assertThat(signals(2, NONE, ALARM, NONE).surelyItsOwn()).isFalse();
        assertThat(signals(2, ALARM, NONE, NONE).surelyItsOwn()).isTrue();
    }

    @Test
    void onlySomeSignalsAreUrgent() {
        assertThat(signals(1, NONE, ALARM, NONE).urgent()).isFalse();
        assertThat(signals(1, NONE, STOP, NONE).urgent()).isTrue();
        assertThat(signals(1, NONE, STOP, NONE).askToEnd()).isFalse();
        assertThat(signals(1, NONE, TERM, NONE).askToEnd()).isTrue();
    }
}
