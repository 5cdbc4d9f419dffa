package lastack.cli.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;

final class RecallTest {
    private final Recall recall = new Recall();

    @Test
    void knowsAtTheNextLookWhatWasKept() {
        recall.begin();
        recall.keep(0x1001, TcpState.CLOSE_WAIT, 7);
        recall.begin();

        int place = recall.find(0x1001);

        assertThat(recall.stateAt(place)).isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(recall.groupAt(place)).isEqualTo(7);
        assertThat(recall.find(0x1002)).isEqualTo(-1);
        assertThat(recall.earlierCounts()[TcpState.CLOSE_WAIT.number()]).isEqualTo(1);
    }

    @Test
    void forgetsWhatWasNotThereAgain() {
        recall.begin();
        recall.keep(1, TcpState.CLOSE_WAIT, 0);
        recall.begin();
        recall.begin();

        assertThat(recall.find(1)).isEqualTo(-1);
    }

    @Test
    void countsASocketOnceThatTheDumpShowsTwice() {
        recall.begin();

        assertThat(recall.keep(1, TcpState.CLOSE_WAIT, 0)).isTrue();
        assertThat(recall.keep(1, TcpState.CLOSE_WAIT, 0)).isFalse();
    }

    @Test
    void tenThousandMayAppearAndGoAtOnce() {
        SplittableRandom cookies = new SplittableRandom(1);
        long[] all = cookies.longs(10_000, 1, Long.MAX_VALUE).toArray();

        recall.begin();
        for (long cookie : all) {
            recall.keep(cookie, TcpState.ESTABLISHED, (int) cookie);
        }
        recall.begin();

        for (long cookie : all) {
            assertThat(recall.groupAt(recall.find(cookie))).isEqualTo((int) cookie);
        }
        recall.begin();
        assertThat(recall.find(all[0])).isEqualTo(-1);
    }
}
