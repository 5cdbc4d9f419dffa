package lastack.filter;

import static lastack.filter.Sockets.socket;
import static org.assertj.core.api.Assertions.assertThat;

import lastack.model.Age;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPredicatesTest {
    private static boolean matches(String text, TcpSocket socket) throws FilterSyntaxException {
        return Filter.parse(text, new Lookups()).matches(socket);
    }

    @ParameterizedTest
    @CsvSource({
        "dev lo, true",
        "dev = lo, true",
        "dev != lo, false",
        "dev eth0, false",
        "dev 1, true",
        "dev 0x1, true",
        "dev if1, true",
        "dev 2, false",
        "dev 0, false",
        "not dev eth0, true",
    })
    void comparesTheDeviceByNameAndIndex(String text, boolean expected) throws FilterSyntaxException {
        TcpSocket bound = socket().device("lo", 1).build();

        assertThat(matches(text, bound)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, on eth0, true",
        "10.0.0.5, on = eth0, true",
        "10.0.0.5, on != eth0, false",
        "10.0.0.5, not on eth0, false",
        "::5, on eth0, true",
        "::ffff:10.0.0.5, on eth0, true",
        "10.0.0.6, on eth0, false",
        "0.0.0.0, on eth0, false",
        "10.0.0.6, on != eth0, true",
    })
    void takesTheAddressesOfAnInterface(String local, String text, boolean expected) throws FilterSyntaxException {
        TcpSocket unbound = socket().local(local, 80).build();

        assertThat(matches(text, unbound)).isEqualTo(expected);
    }

    @Test
    void takesTheInterfaceASocketIsBoundToBeforeItsAddress() throws FilterSyntaxException {
        TcpSocket bound = socket().local("10.0.0.5", 80).device("eth1", 3).build();
        TcpSocket boundThere = socket().local("0.0.0.0", 80).device("eth0", 2).build();
        TcpSocket nameless = socket().local("10.0.0.5", 80).device(null, 4).build();

        assertThat(matches("on eth0", bound)).isFalse();
        assertThat(matches("on eth0", boundThere)).isTrue();
        assertThat(matches("on eth0", nameless)).isFalse();
        assertThat(matches("on != eth0", nameless)).isFalse();
    }

    @Test
    void takesADeviceOfUnknownNameForNeither() throws FilterSyntaxException {
        TcpSocket nameless = socket().device(null, 7).build();

        assertThat(matches("dev lo", nameless)).isFalse();
        assertThat(matches("dev != lo", nameless)).isFalse();
        assertThat(matches("dev 7", nameless)).isTrue();
    }

    @Test
    void saysThatAnUnboundSocketIsOnNoDevice() throws FilterSyntaxException {
        TcpSocket unbound = socket().build();

        assertThat(matches("dev lo", unbound)).isFalse();
        assertThat(matches("dev != lo", unbound)).isTrue();
        assertThat(matches("dev 0", unbound)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "fwmark 18, true",
        "fwmark = 0x12, true",
        "fwmark 022, true",
        "fwmark != 0x12, false",
        "fwmark 2, false",
        "fwmark 0x2/0xf, true",
        "fwmark 0x10/0xf0, true",
        "fwmark 0x1/0, false",
        "fwmark 0/0x20, true",
        "fwmark 0xffffffff, false",
    })
    void comparesTheMarkUnderItsMask(String text, boolean expected) throws FilterSyntaxException {
        TcpSocket marked = socket().details(0x12, null).build();

        assertThat(matches(text, marked)).isEqualTo(expected);
    }

    @Test
    void comparesAMarkOfAllBits() throws FilterSyntaxException {
        TcpSocket marked = socket().details(-1, null).build();

        assertThat(matches("fwmark 0xffffffff", marked)).isTrue();
    }

    @Test
    void comparesTheCgroupAndKnowsNoneWhereThereIsNone() throws FilterSyntaxException {
        TcpSocket inside = socket().details(0, "/system.slice/web.service").build();
        TcpSocket below = socket().details(0, "/system.slice/web.service/a").build();
        TcpSocket none = socket().state(TcpState.TIME_WAIT).build();

        assertThat(matches("cgroup /system.slice/web.service", inside)).isTrue();
        assertThat(matches("cgroup = system.slice/web.service", below)).isFalse();
        assertThat(matches("cgroup != system.slice/web.service", inside)).isFalse();
        assertThat(matches("cgroup != system.slice/web.service", none)).isTrue();
    }

    /** The look is made a minute after boot. */
    @ParameterizedTest
    @CsvSource({
        "entered <= 50s, EXACT, true",
        "entered <= 49s, EXACT, false",
        "entered > 49s, EXACT, true",
        "entered <= 50s, AT_LEAST, true",
        "entered <= 49s, AT_LEAST, false",
        "not entered <= 49s, AT_LEAST, false",
        "entered <= 50s, AT_MOST, false",
        "entered > 49s, AT_MOST, true",
    })
    void comparesWhenTheStateBegan(String text, Age.Bound bound, boolean expected) throws FilterSyntaxException {
        assertThat(matches(text, socket().age(10_000, bound).build())).isEqualTo(expected);
    }

    @Test
    void doesNotKnowWhenAStateOfUnknownAgeBegan() throws FilterSyntaxException {
        assertThat(matches("entered <= 50s", socket().build())).isFalse();
        assertThat(matches("not entered <= 50s", socket().build())).isFalse();
    }

    @Test
    void tellsWhoTakesNoIpv4() throws FilterSyntaxException {
        assertThat(matches("v6only", socket().v6only().build())).isTrue();
        assertThat(matches("v6only", socket().build())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"32767, false", "32768, true", "60999, true", "61000, false"})
    void takesForAutoboundWhatIsInTheLocalPortRange(int port, boolean expected) throws FilterSyntaxException {
        TcpSocket socket = socket().local("10.0.0.5", port).build();

        assertThat(matches("autobound", socket)).isEqualTo(expected);
        assertThat(matches("not autobound", socket)).isEqualTo(!expected);
    }

    @ParameterizedTest
    @CsvSource({
        "recvq = 1, true",
        "recvq > 0, true",
        "recvq 0, false",
        "sendq >= 2896, true",
        "sendq<2896, false",
        "inode 4887, true",
        "inode != 4887, false",
        "cookie 1001, true",
        "cookie = 0x1001, true",
        "cookie != 1001, false",
        "cookie 1002, false",
        "cookie ge 1001 cookie le 1001, true",
        "cookie < 1001, false",
        "cookie > 1001, false",
        "netns blue, true",
        "netns 4026531840, true",
        "netns != blue, false",
        "netns red, false",
    })
    void comparesTheNumbersAndNamesOfASocket(String text, boolean expected) throws FilterSyntaxException {
        TcpSocket socket = socket().queues(1, 2896).build();

        assertThat(matches(text, socket)).isEqualTo(expected);
    }

    @Test
    void comparesCookiesOfAllBits() throws FilterSyntaxException {
        TcpSocket socket = socket().cookie(-1).build();

        assertThat(matches("cookie ffffffffffffffff", socket)).isTrue();
    }

    @Test
    void tellsOrphansFromTheUnacceptedAndTheHeld() throws FilterSyntaxException {
        TcpSocket orphan = socket().inode(0).state(TcpState.LAST_ACK).build();
        TcpSocket unaccepted = socket().inode(0).state(TcpState.CLOSE_WAIT).build();
        TcpSocket held = socket().state(TcpState.CLOSE_WAIT).build();

        assertThat(matches("orphan", orphan)).isTrue();
        assertThat(matches("orphan or unaccepted", held)).isFalse();
        assertThat(matches("unaccepted", unaccepted)).isTrue();
        assertThat(matches("not orphan and not unaccepted", held)).isTrue();
        assertThat(matches("v4mapped", held)).isFalse();
    }
}
