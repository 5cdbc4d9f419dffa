package lastack.filter;

import static lastack.filter.Sockets.socket;
import static org.assertj.core.api.Assertions.assertThat;

import lastack.model.TcpSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters about sockets of which not everything is known: what is not decides nothing either way. */
final class FilterKnownTest {
    private static final TcpSocket SOCKET =
            socket().owner(5, "nginx", 0, "root", null).build();
    private static final TcpSocket PORTLESS = socket().local("10.0.0.5", 0).build();

    private static Filter filter(String text) throws FilterSyntaxException {
        return Filter.parse(text, new Lookups());
    }

    @ParameterizedTest
    @CsvSource({
        "dport = :51812, true, true, true",
        "dport = :1, false, false, false",
        "src 10.0.0.0/8 and state established, true, true, true",
        "cookie = 1001, false, true, true",
        "cookie != 1001, false, false, false",
        "netns = blue, false, true, true",
        "not netns = red, false, true, true",
        "inode = 4887, false, false, true",
        "not orphan, false, false, true",
        "not recvq > 5, false, false, true",
        "comm = nginx, false, false, true",
        "not comm = ruby, false, false, true",
        "comm = nginx or dport = :51812, true, true, true",
    })
    void matchesOnlyByWhatIsKnown(String text, boolean byEnds, boolean byPlace, boolean byAll)
            throws FilterSyntaxException {
        Filter filter = filter(text);

        assertThat(filter.matches(SOCKET, Known.ENDS)).isEqualTo(byEnds);
        assertThat(filter.matches(SOCKET, Known.PLACE)).isEqualTo(byPlace);
        assertThat(filter.matches(SOCKET, Known.OWNERS)).isEqualTo(byAll);
    }

    @ParameterizedTest
    @CsvSource({"sport = :443", "sport != :443", "src 10.0.0.5:443", "not autobound"})
    void doesNotDecideByALocalPortThatIsNotKnown(String text) throws FilterSyntaxException {
        assertThat(filter(text).matches(PORTLESS, Known.ENDS)).isFalse();
        assertThat(filter(text).couldMatchInAnyState(PORTLESS, Known.ENDS)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"state time-wait, true", "comm = ruby, true", "dport = :1, false", "dport = :1 and comm = nginx, false"
    })
    void rulesOutOnlyWhatCannotBeMeantInAnyState(String text, boolean could) throws FilterSyntaxException {
        assertThat(filter(text).couldMatchInAnyState(SOCKET, Known.ENDS)).isEqualTo(could);
    }
}
