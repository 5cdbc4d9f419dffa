package lastack.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionTest {
    @ParameterizedTest
    @CsvSource({
        "'state clo', 'close-wait closing closed'",
        "'exclude time', 'time-wait'",
        "'sp', 'sport'",
        "'not (ag', 'age'",
        "'age ', '= != < <= > >='",
        "'comm ', '= !='",
        "'STATE Close-', 'close-wait'",
        "'dst ', ''",
        "'sport = ', ''",
        "'sport = :80 an', 'and'",
        "'state close-wait', ''",
    })
    void offersWhatMayStandThere(String text, String words) {
        assertThat(String.join(" ", Completion.of(text))).isEqualTo(words);
    }

    @Test
    void offersEveryStatesNameThatTheParserTakes() throws FilterSyntaxException {
        for (String name : Completion.of("state ")) {
            assertThat(Filter.parse("state " + name).namesStates()).isTrue();
        }
    }

    @Test
    void offersPredicatesAtTheBeginning() {
        assertThat(Completion.of(""))
                .contains("state", "sport", "age", "orphan", "not")
                .doesNotContain("or,");
    }
}
