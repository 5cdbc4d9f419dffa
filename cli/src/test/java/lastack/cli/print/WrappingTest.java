package lastack.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines broken at blanks. */
final class WrappingTest {
    private final Wrapping narrow = new Wrapping(12);

    @Test
    void whatFitsStaysAsItIs() {
        assertThat(narrow.lines(2, "ten  chars")).containsExactly("  ten  chars");
        assertThat(new Wrapping(Integer.MAX_VALUE).lines(0, "any length")).containsExactly("any length");
    }

    @Test
    void whatDoesNotIsBrokenAndSetIn() {
        assertThat(narrow.lines(2, "some words to break")).containsExactly("  some words", "    to break");
    }

    @Test
    void aLongWordStaysWhole() {
        assertThat(narrow.lines(0, "/proc/1902/task/status now")).containsExactly("/proc/1902/task/status now");
    }

    @Test
    void aTextKeepsTheLinesThatFit() {
        assertThat(narrow.lines("short\n\n  a line too long")).containsExactly("short", "", "  a line too", "  long");
    }
}
