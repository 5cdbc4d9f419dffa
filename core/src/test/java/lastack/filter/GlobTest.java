package lastack.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "java, java, true",
        "java, Java, false",
        "java, javac, false",
        "java*, javac, true",
        "*, '', true",
        "'', '', true",
        "'', a, false",
        "?, a, true",
        "?, '', false",
        "*a*b, xaxxb, true",
        "*a*b, xaxxbc, false",
        "[abc]x, bx, true",
        "[a-c]x, dx, false",
        "[!a-c]x, dx, true",
        "[^a-c]x, ax, false",
        "[]]x, ]x, true",
        "[!]]x, ]x, false",
        "[a-]x, -x, true",
        "*.[0-9], worker.7, true",
        "a**b, ab, true",
        "[*]x, *x, true",
        "[*]x, ax, false",
    })
    void matchesAsAShellDoes(String pattern, String text, boolean expected) {
        Glob glob = Objects.requireNonNull(Glob.of(pattern));

        assertThat(glob.matches(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[a", "a[!]", "[]", "x[]y", "[a]["})
    void refusesABracketThatIsNotClosed(String pattern) {
        Glob glob = Glob.of(pattern);

        assertThat(glob).isNull();
    }

    @Test
    void doesNotTakeForeverOverManyStars() {
        Glob glob = Objects.requireNonNull(Glob.of("*a".repeat(50) + 'b'));
        String text = "a".repeat(2_000);

        boolean matches = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> glob.matches(text));

        assertThat(matches).isFalse();
    }
}
