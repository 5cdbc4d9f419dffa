package lastack.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonTest {
    @ParameterizedTest
    @EnumSource(Comparison.class)
    void isKnownWhenEveryValueWithinTheLimitsGivesTheSameAnswer(Comparison comparison) {
        for (int least = 0; least < 6; least++) {
            for (int most = least; most < 6; most++) {
                for (int right = -1; right < 7; right++) {
                    Truth truth = comparison.holds(least, most, right);

                    assertThat(truth).isEqualTo(byTrying(comparison, least, most, right));
                }
            }
        }
    }

    private static Truth byTrying(Comparison comparison, int least, int most, int right) {
        Set<Truth> answers = EnumSet.noneOf(Truth.class);
        for (int left = least; left <= most; left++) {
            answers.add(Truth.of(comparison.holds(left, right)));
        }
        return answers.size() == 1 ? answers.iterator().next() : Truth.UNKNOWN;
    }
}
