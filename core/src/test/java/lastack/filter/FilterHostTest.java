package lastack.filter;

import static lastack.filter.Sockets.socket;
import static org.assertj.core.api.Assertions.assertThat;

import lastack.model.TcpSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterHostTest {
    private static final TcpSocket V4 =
            socket().local("10.0.0.5", 80).peer("192.168.7.9", 51812).build();
    private static final TcpSocket V6 =
            socket().local("2001:db8::5", 80).peer("2001:db8::9", 51812).build();
    private static final TcpSocket MAPPED = socket().local("::ffff:10.0.0.5", 80)
            .peer("::ffff:192.168.7.9", 51812)
            .build();

    private static boolean matches(String text, TcpSocket socket) throws FilterSyntaxException {
        return Filter.parse(text, new Lookups()).matches(socket);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src 10.0.0.5",
                "src = 10.0.0.5",
                "src == 10.0.0.5:80",
                "src 10.0.0.5:http",
                "src 10.0.0.5:www",
                "src 10.0.0.5:0x50",
                "src 10.0.0.5:0120",
                "src 10.0.0.5:",
                "src 10.0.0.5:*",
                "src [10.0.0.5]:80",
                "src 10/8",
                "src 10.0/16:80",
                "src 10.0.0.4/30",
                "src 10.0.0.0/255.255.255.0",
                "src 012.0.0.5",
                "src 0.0.0.0/0",
                "src *",
                "src *:80",
                "src *80",
                "src :80",
                "src any",
                "src all:80",
                "src default",
                "src inet:10.0.0.5",
                "src inet:*:80",
                "dst 192.168.0.0/16",
                "dst != 10.0.0.5",
                "src []",
                "src db.example or src 10.0.0.5",
            })
    void matchesAnIpv4Socket(String text) throws FilterSyntaxException {
        boolean matches = matches(text, V4);

        assertThat(matches).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src 10.0.0.6",
                "src 10.0.0.5:81",
                "src 10.0.0.0/30",
                "src 10",
                "src 10.5",
                "dst 10.0.0.5",
                "src ::/0",
                "src [::ffff:10.0.0.5]",
                "src inet6:*",
                "src != 10.0.0.5",
                "src db.example",
            })
    void doesNotMatchAnIpv4Socket(String text) throws FilterSyntaxException {
        boolean matches = matches(text, V4);

        assertThat(matches).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "src [2001:db8::5], true",
        "src [2001:db8::5]:80, true",
        "src [2001:db8::5]80, true",
        "src 2001:db8::5/128, true",
        "src 2001:db8::/32:80, true",
        "src [2001:db8::/32]:80, true",
        "src [2001:db8::]/32:80, true",
        "src [2001:db8::]/32, true",
        "src [2001:db9::]/32:80, false",
        "src 2001:db8::5:80, true",
        "src 2001:db8::5, true",
        "src 2001:db8:0:0:0:0:0:5, true",
        "src 2001:db8::5:81, false",
        "src 2001:DB8::6/127, false",
        "src 2001:db8::4/127, true",
        "src ::/0, true",
        "src inet6:*, true",
        "src inet6:[2001:db8::5], true",
        "sport inet6::80, true",
        "src 0.0.0.0/0, false",
        "not src 0.0.0.0/0, true",
        "src ::/1, true",
        "src 8000::/1, false",
    })
    void matchesAnIpv6Socket(String text, boolean expected) throws FilterSyntaxException {
        boolean matches = matches(text, V6);

        assertThat(matches).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "src 10.0.0.5, true",
        "src 10.0.0.0/8:80, true",
        "src 0.0.0.0/0, true",
        "src 11.0.0.0/8, false",
        "src ::ffff:10.0.0.5, true",
        "src [::ffff:10.0.0.5]:80, true",
        "src ::ffff:10.0.0.0/104, true",
        "src ::ffff:11.0.0.0/104, false",
        "src ::/0, true",
        "src inet6:*, true",
        "src inet:*, false",
        "src inet:10.0.0.5, false",
        "v4mapped, true",
    })
    void matchesAV4MappedSocketByIpv4AndByIpv6(String text, boolean expected) throws FilterSyntaxException {
        boolean matches = matches(text, MAPPED);

        assertThat(matches).isEqualTo(expected);
    }

    @Test
    void readsAnIpv6AddressWithoutBracketsThatSsRefuses() throws FilterSyntaxException {
        TcpSocket loopback = socket().local("::1", 80).build();
        TcpSocket any = socket().local("::", 80).build();
        TcpSocket hexWord = socket().local("2001:db8::5:dead", 1).build();

        assertThat(matches("src ::1", loopback)).isTrue();
        assertThat(matches("src ::1:80", loopback)).isTrue();
        assertThat(matches("src ::", any)).isTrue();
        assertThat(matches("src 2001:db8::5:dead", hexWord)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, true", "10.0.0.2, true", "10.0.0.3, false", "::ffff:10.0.0.2, true"})
    void matchesAnyAddressOfAHostName(String address, boolean expected) throws FilterSyntaxException {
        TcpSocket socket = socket().peer(address, 5432).build();

        assertThat(matches("dst db.example", socket)).isEqualTo(expected);
        assertThat(matches("dst db.example:5432", socket)).isEqualTo(expected);
        assertThat(matches("dst db.example:5433", socket)).isFalse();
    }

    @Test
    void takesOnlyTheAddressesOfTheFamilyAskedFor() throws FilterSyntaxException {
        TcpSocket v4 = socket().local("127.0.0.1", 80).build();
        TcpSocket v6 = socket().local("::1", 80).build();

        assertThat(matches("src localhost", v4)).isTrue();
        assertThat(matches("src localhost", v6)).isTrue();
        assertThat(matches("src inet:localhost", v6)).isFalse();
        assertThat(matches("src inet6:localhost", v4)).isFalse();
        assertThat(matches("src inet6:localhost", v6)).isTrue();
    }

    @Test
    void limitsTheWholeFilterToTheFamilyNamedLastAsSsDoes() throws FilterSyntaxException {
        String text = "src inet6:[2001:db8::5] or src inet:10.0.0.5";

        assertThat(matches(text, V4)).isTrue();
        assertThat(matches(text, V6)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sport 80, true",
        "sport :80, true",
        "sport = :http, true",
        "sport != https, true",
        "sport > 79, true",
        "sport <= :ssh, false",
        "dport >= 51812, true",
        "dport lt 51812, false",
        "sport *, true",
        "sport = :, true",
        "sport != *, false",
        "sport +80, true",
        "sport inet:80, true",
        "sport 0, false",
        "sport <= 65535, true",
    })
    void comparesPorts(String text, boolean expected) throws FilterSyntaxException {
        boolean matches = matches(text, V4);

        assertThat(matches).isEqualTo(expected);
    }
}
