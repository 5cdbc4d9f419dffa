package lastack.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterMistakesTest {
    private static FilterSyntaxException mistake(String text) {
        return catchThrowableOfType(FilterSyntaxException.class, () -> Filter.parse(text, new Lookups()));
    }

    @Test
    void showsTheWordWhatWasExpectedAndWhatWasMeant() {
        FilterSyntaxException mistake = mistake("state close-wiat dport = 443");

        assertThat(mistake.message().lines())
                .containsExactly(
                        "state close-wiat dport = 443",
                        "      ^^^^^^^^^^",
                        "expected a state: " + StateSet.NAMES,
                        "did you mean: close-wait");
        assertThat(mistake).hasMessage(mistake.message());
        assertThat(mistake.text()).isEqualTo("state close-wiat dport = 443");
        assertThat(mistake.position()).isEqualTo(6);
        assertThat(mistake.length()).isEqualTo(10);
        assertThat(mistake.suggestion()).isEqualTo("close-wait");
        assertThat(mistake.expected()).startsWith("a state: ");
    }

    @Test
    void pointsBehindTheTextWhenSomethingIsMissing() {
        FilterSyntaxException mistake = mistake("dport =");

        assertThat(mistake.message()).isEqualTo("dport =\n       ^\nexpected a port");
        assertThat(mistake.length()).isZero();
    }

    @Test
    void showsManyArgumentsAsOneLine() {
        FilterSyntaxException mistake = catchThrowableOfType(
                FilterSyntaxException.class, () -> Filter.parse(List.of("(", "sport\t=\n70000", ")")));

        assertThat(mistake.message()).startsWith("( sport = 70000 )\n          ^^^^^\nexpected a port");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
                    sport 70000  ~ ......^^^^^  ~ a port from 0 to 65535
                    src 10.0.0.1:70000  ~ .............^^^^^  ~ a port from 0 to 65535
                    src [::1]:70000  ~ ..........^^^^^  ~ a port from 0 to 65535
                    sport -1  ~ ......^^  ~ a port from 0 to 65535
                    sport 80x  ~ ......^^^  ~ a port from 0 to 65535
                    dport = nosuch  ~ ........^^^^^^  ~ a port from 0 to 65535
                    sport *x  ~ ......^^  ~ a port from 0 to 65535
                    sport [::1]:80  ~ ......^^^^^^^^  ~ a port from 0 to 65535
                    sport > *  ~ ........^  ~ a port to compare with
                    sport >= :  ~ .........^  ~ a port to compare with
                    src nosuch.example  ~ ....^^^^^^^^^^^^^^  ~ an address, a network such as 10.0.0.0/8
                    src 10.0.0.1/33  ~ ....^^^^^^^^^^^  ~ an address
                    src 10.0.0.1/  ~ ....^^^^^^^^^  ~ an address
                    src 10.0.0.0/255.0.255.0  ~ ....^^^^^^^^^^^^^^^^^^^^  ~ an address
                    src [::1]/129  ~ ....^^^^^^^^^  ~ an address
                    src 256.1  ~ ....^^^^^  ~ an address
                    src 1.2.3.4.5  ~ ....^^^^^^^^^  ~ an address
                    src 1:2:3  ~ ....^^^  ~ an address
                    src inet6:10.0.0.1  ~ ..........^^^^^^^^  ~ an inet6 address, a network such as fe80::/10
                    src inet6:* or src 10.0.0.1  ~ ...................^^^^^^^^  ~ an inet6 address
                    src [::1  ~ ....^^^^  ~ a ] after the address
                    src unix:/run/x  ~ ....^^^^^  ~ inet: or inet6:
                    src vsock:*  ~ ....^^^^^^  ~ inet: or inet6:
                    src  ~ ...^  ~ HOST[/LEN][:PORT]
                    src and sport 80  ~ ....^^^  ~ HOST[/LEN][:PORT]
                    src > 10.0.0.1  ~ ....^  ~ = or != after src; ports are compared by sport
                    dst>=10.0.0.1:80  ~ ...^^  ~ = or != after dst
                    dev < lo  ~ ....^  ~ = or != after dev
                    dev  ~ ...^  ~ the name or index of a network interface
                    fwmark 0x1/  ~ ...........^  ~ a number of 32 bits
                    fwmark 1/x  ~ .........^  ~ a number of 32 bits
                    fwmark 0x100000000  ~ .......^^^^^^^^^^^  ~ a number of 32 bits
                    fwmark 7abc  ~ .......^^^^  ~ a number of 32 bits
                    cgroup /none  ~ .......^^^^^  ~ a cgroup that exists
                    pid x  ~ ....^  ~ a process number in decimal digits
                    pid = -5  ~ ......^^  ~ a process number in decimal digits
                    recvq > 1k  ~ ........^^  ~ bytes in decimal digits
                    comm > nc  ~ .....^  ~ = or != after comm
                    comm [a  ~ .....^^  ~ a ] for every [
                    user nosuch  ~ .....^^^^^^  ~ a user in /etc/passwd
                    user 4294967296  ~ .....^^^^^^^^^^  ~ a user in /etc/passwd
                    age > 5x  ~ ......^^  ~ a time with one of the units ms s m h d
                    age > 5  ~ ......^  ~ a time with one of the units ms s m h d
                    age > 999999999999d  ~ ......^^^^^^^^^^^^^  ~ a time with one of the units
                    cookie xyz  ~ .......^^^  ~ a cookie: 1 to 16 hex digits
                    cookie 10000000000000000  ~ .......^^^^^^^^^^^^^^^^^  ~ a cookie: 1 to 16 hex digits
                    cookie 0x  ~ .......^^  ~ a cookie: 1 to 16 hex digits
                    netns  ~ .....^  ~ the name or inode of a network namespace
                    exclude all  ~ ........^^^  ~ at least one state to be left
                    state last-ack exclude last-ack  ~ .......................^^^^^^^^  ~ at least one state to be left
                    state  ~ .....^  ~ a state: established
                    state ( sport 1 )  ~ ......^  ~ a state: established
                    sport 80 state established dport 1  ~ ...........................^^^^^  ~ the end, as states stand first or last
                    not state established  ~ ....^^^^^  ~ a predicate: src, dst
                    127.0.0.1  ~ ^^^^^^^^^  ~ a predicate: src, dst
                    frobnicate 7  ~ ^^^^^^^^^^  ~ a predicate: src, dst
                    = 80  ~ ^  ~ a predicate: src, dst
                    orphan = 1  ~ .......^  ~ a predicate: src, dst
                    sport 80 90  ~ .........^^  ~ a predicate: src, dst
                    and  ~ ^^^  ~ a predicate, such as
                    not  ~ ...^  ~ a predicate, such as
                    sport 80 or  ~ ...........^  ~ a predicate, such as
                    ( )  ~ ..^  ~ a predicate, such as
                    (  ~ .^  ~ a predicate, such as
                    sport 80 and ( dport 1  ~ .............^  ~ a ) that closes this
                    sport 80 )  ~ .........^  ~ the end, or a ( before this
                    sport = = 80  ~ ........^  ~ a port
                    sport =! 80  ~ .......^  ~ a port
                    dst ! 80  ~ ....^  ~ HOST[/LEN][:PORT]
                    """)
    void pointsAtTheWordThatIsWrong(String text, String carets, String expected) {
        FilterSyntaxException mistake = mistake(text);

        assertThat(mistake).isNotNull();
        assertThat(mistake.message().lines().skip(1)).first().isEqualTo(carets.replace('.', ' '));
        assertThat(mistake.expected()).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "state ESTABLISHD; established",
                "exclude listenning; listening",
                "state FIN_WAIT; fin-wait-1",
                "sprt 80; sport",
                "SRC 10.0.0.1; src",
                "dprot 80; dport",
                "port 80; sport or dport",
                "close-wait; state close-wait",
                "ESTAB; state ESTAB",
                "10.0.0.1; src 10.0.0.1 or dst 10.0.0.1",
                "sport 80 adn dport 80; and",
                "( sport 80 state listening ); state NAME before or behind the expression",
                "usr root; user",
                "procces 5; ",
            })
    void suggestsWhatWasProbablyMeant(String text, String suggestion) {
        FilterSyntaxException mistake = mistake(text);

        assertThat(mistake.suggestion()).isEqualTo(suggestion);
    }

    @Test
    void saysWhereThePortRangeShouldBeWhenItCannotBeRead() {
        Lookups unreadable = new Lookups(null);

        FilterSyntaxException mistake =
                catchThrowableOfType(FilterSyntaxException.class, () -> Filter.parse("autobound", unreadable));

        assertThat(mistake.expected())
                .isEqualTo("/proc/sys/net/ipv4/ip_local_port_range to be readable, but: no such file");
    }

    @Test
    void refusesToNestWithoutEnd() {
        FilterSyntaxException parentheses = mistake("( ".repeat(100_000));
        FilterSyntaxException negations = mistake("!".repeat(100_000) + "orphan");

        assertThat(parentheses.expected()).isEqualTo("at most 200 levels of ( and not");
        assertThat(negations.expected()).isEqualTo("at most 200 levels of ( and not");
    }
}
