package lastack.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRestrictionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "state all",
                "exclude unknown",
                "state connected state listening state closed state bound",
                "src *",
                "dst *:*",
                "src any",
                "sport = :*",
                "dport *",
                "recvq >= 0",
                "src * and dst *",
                "pid = 1 or src *",
                "state all ( src * )"
            })
    void aFilterThatEverySocketMatchesRestrictsNothing(String text) throws FilterSyntaxException {
        assertThat(Filter.parse(text).restrictsNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state close-wait",
                "exclude listening",
                "state unknown",
                "src 10.0.0.0/8",
                "src *:80",
                "src inet:*",
                "sport = :80",
                "sport >= :1",
                "not src *",
                "sport != :*",
                "pid = 1 and src *",
                "comm = nc",
                "state close-wait src *"
            })
    void aFilterThatLeavesASocketOutRestricts(String text) throws FilterSyntaxException {
        assertThat(Filter.parse(text).restrictsNothing()).isFalse();
    }
}
