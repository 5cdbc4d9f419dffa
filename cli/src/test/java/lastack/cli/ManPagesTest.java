package lastack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import lastack.cli.manual.HelpText;
import lastack.cli.manual.ManPage;
import lastack.filter.Filter;
import lastack.filter.FilterLanguage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command has a page with examples, and the page on filters knows the whole language. */
final class ManPagesTest {
    private static final Path FILTERS = Path.of("../docs/man/lastack-filter.7");

    private static Stream<String> names() {
        return ManPages.commands().keySet().stream();
    }

    private static CommandLine line(String name) {
        return Objects.requireNonNull(ManPages.commands().get(name));
    }

    private static CommandSpec command(String name) {
        return line(name).getCommandSpec();
    }

    private static String page(String name) {
        return ManPage.of(line(name), "1.0", "2026-01-01", List.of("ss(8)"));
    }

    private static String plain(String text) {
        return text.replace("-", "\\-");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aCommandHasExamplesThatTheProgramUnderstands(String name) throws Exception {
        List<String> examples = HelpText.of(command(name)).examples();

        assertThat(examples)
                .as(
                        "'%s' shows no examples: its footer needs a line 'Examples:' and lines indented by two blanks",
                        name)
                .isNotEmpty()
                .allMatch(example -> example.equals("lastack") || example.startsWith("lastack "));
        for (String example : examples) {
            Understood.parse(example.substring("lastack".length()));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageHasEveryOptionOfTheHelp(String name) {
        String page = page(name);

        for (OptionSpec option : command(name).options()) {
            if (!option.hidden()) {
                assertThat(page).contains("\\fB" + plain(option.longestName()) + "\\fR");
            }
        }
    }

    @Test
    void thePageOfTheProgramLeadsToEveryOther() {
        assertThat(Commands.labels())
                .allMatch(label -> page("lastack").contains("\\fB" + plain("lastack-" + label) + "\\fR(1)"));
    }

    @Test
    void noLineIsTakenForAMacro() {
        CommandSpec spec = CommandSpec.create().name("odd");
        spec.usageMessage().description("Dots.").footer("", ".SH at the beginning", "", "  'ta");

        String page = ManPage.of(new CommandLine(spec), "1.0", "2026-01-01", List.of("ss(8)"));

        assertThat(page).contains("\n\\&.SH at the beginning\n").contains("\n\\(aqta\n");
    }

    @Test
    void everyPageIsWritten(@TempDir Path folder) throws IOException {
        ManPages.main(new String[] {folder.toString(), "2026-01-01"});

        try (Stream<Path> pages = Files.list(folder)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            names().map(name -> name + ".1").toList());
        }
    }

    @Test
    void thePageOnFiltersHasEveryStateAndPredicate() throws IOException {
        String page = Files.readString(FILTERS).replace("\\-", "-");

        assertThat(FilterLanguage.states()).hasSizeGreaterThan(10).allMatch(state -> page.contains(state));
        assertThat(FilterLanguage.predicates())
                .hasSizeGreaterThan(20)
                .allMatch(predicate -> page.matches("(?s).*\\n\\.[BI]\\S* (\\S+ \" and \" )?" + predicate + "\\b.*"));
    }

    @Test
    void theFiltersOnItAreUnderstood() throws Exception {
        String page = Files.readString(FILTERS).replace("\\-", "-");
        List<String> filters = page.substring(page.indexOf(".nf\n") + 4, page.indexOf(".fi"))
                .lines()
                .toList();

        assertThat(filters).isNotEmpty();
        for (String filter : filters) {
            assertThat(Filter.parse(filter)).isNotNull();
        }
    }

    @Test
    void theHelpIsTakenApart() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().footer("", "Text.", "", "Examples:", "  lastack ls    # all", "", "Exit codes: 0 done");

        HelpText help = HelpText.of(spec);

        assertThat(help.paragraphs())
                .extracting(HelpText.Paragraph::title)
                .containsExactly("", "Examples", "Exit status");
        assertThat(help.examples()).containsExactly("lastack ls");
        assertThat(help.paragraphs().getLast().lines()).containsExactly("0 done");
    }
}
