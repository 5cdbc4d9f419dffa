package lastack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine.ParseResult;

/** Command lines shown to users: the program must understand them. */
final class Understood {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private Understood() {}

    /** Parses what stands behind {@code lastack}, its filter too. */
    static void parse(String line) throws Exception {
        List<String> words = words(line);
        Commands command = words.isEmpty() ? null : Commands.named(words.getFirst());
        if (command == null) {
            Main.commandLine(new OverviewCommand(), "lastack").parseArgs(words.toArray(String[]::new));
            return;
        }
        words.removeFirst();
        ParseResult parsed =
                Main.commandLine(command.create(), command.label()).parseArgs(words.toArray(String[]::new));
        if (command == Commands.HELP) {
            assertThat(HelpCommand.topics()).contains(parsed.matchedPositionalValue(0, ""));
        } else if (command == Commands.SET) {
            SetWords set = SetWords.of(parsed.matchedPositionalValue(0, List.<String>of()));
            FilterWords.parse("self", set.filter());
        } else if (takesFilter(parsed) && !isJvm(command, parsed)) {
            FilterWords.parse(parsed);
        }
    }

    /** One is named by its pid. */
    private static boolean isJvm(Commands command, ParseResult parsed) {
        List<String> words = parsed.matchedPositionalValue(0, List.of());
        return command == Commands.JVM && !words.isEmpty() && JvmCommand.pid(words) != null;
    }

    private static boolean takesFilter(ParseResult parsed) {
        return parsed.commandSpec().positionalParameters().stream()
                .anyMatch(parameter -> parameter.paramLabel().equals("FILTER"));
    }

    /** As a shell takes them apart. */
    private static List<String> words(String line) {
        return new ArrayList<>(
                WORD.matcher(line).results().map(Understood::word).toList());
    }

    private static String word(MatchResult match) {
        if (match.group(1) != null) {
            return match.group(1);
        }
        assertThat(match.group(2)).as("not for a shell to interpret").doesNotContainPattern("[<>()!&|;*?$\\[\\]\"]");
        return match.group(2);
    }
}
