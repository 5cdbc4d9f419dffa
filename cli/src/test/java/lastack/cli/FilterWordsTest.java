package lastack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an interface may be named, the filter is read in the namespace of the sockets. */
final class FilterWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"on lo", "(on lo)", "not (on lo)", "!on lo", "state all&on lo", "sport = :1 or\ton lo", "o\\n lo"
            })
    void seesThatAnInterfaceIsNamed(String filter) {
        assertThat(FilterWords.mayNameInterface(List.of(filter))).isTrue();
        assertThat(FilterWords.mayNameInterface(List.of(filter.split(" ")))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dev lo", "comm = onion", "src online"})
    void seesThatNoneIs(String filter) {
        assertThat(FilterWords.mayNameInterface(List.of(filter))).isFalse();
    }
}
