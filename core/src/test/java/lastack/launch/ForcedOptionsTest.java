package lastack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForcedOptionsTest {
    @Test
    void onlyAnAnswerThatTakesMicrosecondsKeepsSignalsWaiting() {
        assertThat(answersAtOnce(new BindPolicy.Reuse())).isTrue();
        assertThat(answersAtOnce(new BindPolicy.Untouched())).isTrue();
        assertThat(answersAtOnce(new BindPolicy.Wait(Duration.ofSeconds(1)))).isFalse();
        assertThat(answersAtOnce(new BindPolicy.Evict())).isFalse();
    }

    private static boolean answersAtOnce(BindPolicy bind) {
        return new ForcedOptions(bind, List.of()).answersAtOnce();
    }
}
