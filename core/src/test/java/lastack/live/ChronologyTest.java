package lastack.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lastack.kernel.trace.StateSample;
import org.junit.jupiter.api.Test;

final class ChronologyTest {
    private final Chronology chronology = new Chronology();

    private static StateSample at(long time) {
        return Samples.of(1).at(time).change(1, 8);
    }

    @Test
    void putsTheSamplesOfAllCpusInOrderOfTime() {
        List.of(5L, 9L, 3L, 7L).forEach(time -> chronology.add(at(time)));

        assertThat(chronology.before(100)).extracting(StateSample::time).containsExactly(3L, 5L, 7L, 9L);
        assertThat(chronology.before(100)).isEmpty();
    }

    @Test
    void keepsWhatAnotherCpuMayStillPrecede() {
        List.of(5L, 9L).forEach(time -> chronology.add(at(time)));

        assertThat(chronology.before(9)).extracting(StateSample::time).containsExactly(5L);
        chronology.add(at(6));
        assertThat(chronology.before(10)).extracting(StateSample::time).containsExactly(6L, 9L);
    }
}
