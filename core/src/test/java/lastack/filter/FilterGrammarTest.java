package lastack.filter;

import static lastack.filter.Sockets.socket;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterGrammarTest {
    private static final TcpSocket HTTPS =
            socket().local("10.0.0.5", 443).peer("10.0.0.9", 51812).build();

    private static boolean matches(String text) throws FilterSyntaxException {
        return Filter.parse(text, new Lookups()).matches(HTTPS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void matchesEverythingWhenNothingIsSaid(String text) throws FilterSyntaxException {
        Filter filter = Filter.parse(text);

        assertThat(filter.isEmpty()).isTrue();
        assertThat(filter.matches(HTTPS)).isTrue();
        assertThat(Filter.all().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state all", "exclude listening", "sport 1", "src *"})
    void isNotEmptyOnceSomethingIsSaid(String text) throws FilterSyntaxException {
        Filter filter = Filter.parse(text);

        assertThat(filter.isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sport 443 or sport 1 and dport 1, true",
        "sport 1 and dport 1 or sport 443, true",
        "sport 443 or sport 1 dport 1, true",
        "( sport 443 or sport 1 ) and dport 1, false",
        "not sport 1 and dport 1, false",
        "not ( sport 1 and dport 1 ), true",
        "not sport 443 or sport 443, true",
        "not not sport 443, true",
        "! ! ! sport 443, false",
        "sport 443 not dport 1, true",
        "sport 443 ( dport 51812 ), true",
    })
    void bindsNotThenAndThenOr(String text, boolean expected) throws FilterSyntaxException {
        boolean matches = matches(text);

        assertThat(matches).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sport = 443 and dport = 51812",
                "sport = 443 & dport = 51812",
                "sport = 443 && dport = 51812",
                "sport = 443 dport = 51812",
                "sport=443 dport=51812",
                "sport =443&&dport= 51812",
                "(sport=443)&(dport=51812)",
                "((sport=443 dport=51812))",
                "!sport=80 !(dport=80)",
                "not(sport 80)dport :51812",
                "sport eq 443 dport == 51812",
                "sport 1|dport 51812",
                "sport 1||dport 51812",
                "sport 1 or dport 51812",
                "s\\port 443",
            })
    void readsEverySpellingOfTheOperators(String text) throws FilterSyntaxException {
        boolean matches = matches(text);

        assertThat(matches).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "=, true", "==, true", "eq, true", "!=, false", "ne, false", "neq, false", "<, false", "lt, false",
        "<=, true", "le, true", "leq, true", ">, false", "gt, false", ">=, true", "ge, true", "geq, true",
    })
    void comparesByEveryNameOfAComparison(String operator, boolean expected) throws FilterSyntaxException {
        boolean matches = matches("sport " + operator + " 443");

        assertThat(matches).isEqualTo(expected);
    }

    @Test
    void takesOneArgumentAndManyAlike() throws FilterSyntaxException {
        List<List<String>> spreads = List.of(
                List.of("state established ( sport = :443 or dport = :443 )"),
                List.of("state", "established", "(", "sport", "=", ":443", "or", "dport", "=", ":443", ")"),
                List.of("state established", "( sport = :443", "", "or dport = :443 )"),
                List.of("state", "established\\", "(sport=:443", "or", "dport=:443)"));

        for (List<String> spread : spreads) {
            Filter filter = Filter.parse(spread);

            assertThat(filter.matches(HTTPS)).as(spread.toString()).isTrue();
            assertThat(filter.stateMask()).isEqualTo(TcpState.ESTABLISHED.bit());
        }
    }

    @Test
    void keepsParenthesesThatBelongToAName() throws FilterSyntaxException {
        TcpSocket pam = socket().owner(7, "(sd-pam)").build();

        Filter bare = Filter.parse("comm = (sd-pam)");
        Filter grouped = Filter.parse("(comm=(sd-pam))and(sport=443)");

        assertThat(bare.matches(pam)).isTrue();
        assertThat(grouped.matches(pam)).isTrue();
    }

    @Test
    void takesAnEscapedWordForItself() throws FilterSyntaxException {
        TcpSocket strange = socket().owner(7, "a b&c").owner(8, "and").build();

        Filter escaped = Filter.parse("comm = a\\ b\\&c and comm = \\and");

        assertThat(escaped.matches(strange)).isTrue();
    }

    @Test
    void printsAsTheTextItWasReadFrom() throws FilterSyntaxException {
        Filter filter = Filter.parse(List.of("state", "close-wait", "sport", "80"));

        assertThat(filter).hasToString("state close-wait sport 80");
    }
}
