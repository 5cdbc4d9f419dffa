package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.diagnosis.Verdict;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lastack help}, and the way there from {@code lastack why}. */
final class HelpIT {
    private static Namespace namespace;
    private static Launcher lastack;

    @BeforeAll
    static void open() {
        namespace = Namespace.open();
        lastack = Launcher.in(namespace);
    }

    @AfterAll
    static void close() {
        namespace.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eof-never-read", "EOF_NEVER_READ"})
    void aVerdictIsExplainedByItsPage(String name) throws IOException {
        Path page = Launcher.HOME.resolve("docs/verdicts/eof-never-read.md");

        Run run = lastack.run("help", name);

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo(Files.readString(page));
    }

    @Test
    void everyVerdictIsListed() {
        Run run = lastack.run("help");

        assertThat(run.exit()).isZero();
        for (Verdict verdict : Verdict.values()) {
            assertThat(run.out()).containsPattern("[ \n]" + verdict.id() + "[ \n]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eof-never-raed, eof-never-read",
        "backlog, backlog-full",
        "eof, 'eof-never-read, eof-read-not-closed'",
        "colse, close"
    })
    void anUnknownWordIsAnsweredWithTheOneMeant(String word, String meant) {
        Run run = lastack.run("help", word);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("lastack: ").contains("'" + word + "'", "did you mean: " + meant + "\n");
    }

    @Test
    void whyPointsToThePage() throws IOException {
        try (Server nc = Server.nc(namespace, 9999)) {
            nc.loseAClientWhileStopped();

            Run run = lastack.run("why", "state", "close-wait");

            assertThat(run.out()).contains("\n  more: lastack help owner-stopped\n");
            assertThat(lastack.run("help", "owner-stopped").exit()).isZero();
        }
    }
}
