package lastack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lastack.diagnosis.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of docs/verdicts keep up with the program. */
final class VerdictPagesTest {
    private static final Path FOLDER = Path.of("../docs/verdicts");

    /** Shown on a line of its own, or within a sentence. */
    private static final Pattern COMMAND =
            Pattern.compile("^    (?:sudo )?lastack\\b(.*)|`lastack\\b([^`]*)`", Pattern.MULTILINE);

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]*)\\)");

    private static Stream<String> ids() {
        return Arrays.stream(Verdict.values()).map(Verdict::id);
    }

    private static String text(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name + ".md"));
    }

    @Test
    void everyVerdictHasAPageAndEveryPageIsOfAVerdict() throws IOException {
        try (Stream<Path> pages = Files.list(FOLDER)) {
            List<String> names = new ArrayList<>(ids().map(id -> id + ".md").toList());
            names.add("README.md");

            assertThat(pages.map(page -> page.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void theIndexLeadsToEveryPage() throws IOException {
        List<String> links =
                all(LINK, text("README")).map(link -> link.group(1)).toList();

        assertThat(links)
                .containsExactlyInAnyOrderElementsOf(ids().map(id -> id + ".md").toList());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aPageIsHeadedByItsVerdictAndFitsATerminal(String id) throws IOException {
        List<String> lines = text(id).lines().toList();

        assertThat(lines.getFirst()).isEqualTo("# " + id);
        assertThat(lines).hasSizeLessThanOrEqualTo(90).allMatch(line -> line.matches("\\p{ASCII}{0,80}"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void itsLinksResolve(String id) throws IOException {
        assertThat(all(LINK, text(id)).map(link -> FOLDER.resolve(link.group(1))))
                .allMatch(Files::exists);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theProgramUnderstandsEveryCommandOnIt(String id) throws Exception {
        List<String> commands = all(COMMAND, text(id))
                .map(command -> command.group(1) != null ? command.group(1) : command.group(2))
                .toList();

        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            Understood.parse(command);
        }
    }

    private static Stream<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
