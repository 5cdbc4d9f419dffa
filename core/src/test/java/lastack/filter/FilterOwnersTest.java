package lastack.filter;

import static lastack.filter.Sockets.socket;
import static org.assertj.core.api.Assertions.assertThat;

import lastack.model.Age;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterOwnersTest {
    private static final TcpSocket SHARED = socket().owner(5, "nginx", 0, "root", "4f2a99")
            .owner(6, "java", 1000, "alice", null)
            .build();
    private static final TcpSocket UNOWNED = socket().uid(0).build();

    private static Filter filter(String text) throws FilterSyntaxException {
        return Filter.parse(text, new Lookups());
    }

    @ParameterizedTest
    @CsvSource({
        "pid 5, true",
        "pid = 6, true",
        "pid 7, false",
        "pid != 5, false",
        "pid != 7, true",
        "pid > 5, true",
        "pid < 5, false",
        "comm nginx, true",
        "comm = ng*, true",
        "comm = j?va, true",
        "comm = [h-k]ava, true",
        "comm = ava, false",
        "comm != java, false",
        "comm != ruby, true",
        "user alice, true",
        "user 0, true",
        "user = 1001, false",
        "user != root, false",
        "container 4f2a, true",
        "container = 2a, false",
        "container != 4f, false",
    })
    void holdsWhenItDoesForAnyOwner(String text, boolean expected) throws FilterSyntaxException {
        boolean matches = filter(text).matches(SHARED);

        assertThat(matches).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "pid 5, false",
        "pid != 5, false",
        "not pid 5, false",
        "comm *, false",
        "comm != *, false",
        "not comm nginx, false",
        "container 4f, false",
        "container != 4f, false",
        "user root, true",
        "user 0, true",
        "user alice, false",
        "user != alice, true",
    })
    void knowsOfASocketWithoutVisibleOwnersOnlyWhoMadeIt(String text, boolean expected) throws FilterSyntaxException {
        boolean matches = filter(text).matches(UNOWNED);

        assertThat(matches).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "comm java, true",
        "not comm java, true",
        "sport 443 and comm java, true",
        "sport 1 and comm java, false",
        "sport 443 or comm java, true",
        "not ( sport 443 or comm java ), false",
        "not ( sport 1 and comm java ), true",
        "sport 1 and not comm java, false",
        "user root, true",
    })
    void leavesOutOnlyWhatNoOwnerCanChange(String text, boolean expected) throws FilterSyntaxException {
        TcpSocket unseen = socket().build();

        boolean couldMatch = filter(text).couldMatch(unseen);

        assertThat(couldMatch).isEqualTo(expected);
    }

    @Test
    void knowsThatASocketWithoutInodeHasNoOwner() throws FilterSyntaxException {
        TcpSocket timeWait = socket().inode(0).state(TcpState.TIME_WAIT).uid(0).build();

        assertThat(filter("comm java").couldMatch(timeWait)).isFalse();
        assertThat(filter("comm != java").couldMatch(timeWait)).isTrue();
        assertThat(filter("user root").couldMatch(timeWait)).isTrue();
        assertThat(filter("user alice").couldMatch(timeWait)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "pid 5, true",
        "not comm x, true",
        "sport 1 or ( sport 2 and user root ), true",
        "container 4f, true",
        "sport 1, false",
        "state close-wait, false",
        "age > 5m and cookie 1, false",
        "'', false",
    })
    void needsOwnersOnlyWhenItAsksForThem(String text, boolean expected) throws FilterSyntaxException {
        boolean needsOwners = filter(text).needsOwners();

        assertThat(needsOwners).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "age > 5m, EXACT, 300001, true",
        "age > 5m, EXACT, 300000, false",
        "age >= 300s, EXACT, 300000, true",
        "age = 500ms, EXACT, 500, true",
        "age != 500ms, EXACT, 501, true",
        "age < 2h, EXACT, 1, true",
        "age <= 1d, EXACT, 86400000, true",
        "age > 99999999999d, EXACT, 1, false",
        "age > 5m, AT_LEAST, 360000, true",
        "age >= 5m, AT_LEAST, 300000, true",
        "age > 5m, AT_LEAST, 240000, false",
        "age <= 5m, AT_LEAST, 240000, false",
        "age < 5m, AT_MOST, 240000, true",
        "age > 5m, AT_MOST, 360000, false",
        "age <= 5m, AT_MOST, 360000, false",
        "not age > 5m, AT_MOST, 360000, false",
        "not age > 5m, AT_MOST, 240000, true",
        "not age < 5m, AT_LEAST, 360000, true",
        "age != 5m, AT_LEAST, 360000, true",
        "age = 5m, AT_LEAST, 300000, false",
        "age != 5m, AT_LEAST, 300000, false",
    })
    void comparesAnAgeOnlyAsFarAsItIsKnown(String text, Age.Bound bound, long millis, boolean expected)
            throws FilterSyntaxException {
        TcpSocket socket = socket().age(millis, bound).build();

        assertThat(filter(text).matches(socket)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "age > 1s",
                "age <= 1s",
                "age = 1s",
                "age != 1s",
                "not age > 1s",
                "not ( sport 1 or age > 1s )",
            })
    void takesAnUnknownAgeForNeither(String text) throws FilterSyntaxException {
        boolean matches = filter(text).matches(socket().build());

        assertThat(matches).isFalse();
    }

    @Test
    void decidesWithoutTheAgeWhereItCan() throws FilterSyntaxException {
        TcpSocket ageless = socket().build();

        assertThat(filter("sport 443 or age > 1s").matches(ageless)).isTrue();
        assertThat(filter("not ( sport 1 and age > 1s )").matches(ageless)).isTrue();
    }
}
