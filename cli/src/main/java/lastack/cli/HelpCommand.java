package lastack.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import lastack.cli.print.Output;
import lastack.diagnosis.Verdict;
import lastack.filter.Spelling;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack help [COMMAND|VERDICT]}. */
final class HelpCommand implements Subcommand {
    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description("Show the help of a command, or what a verdict of why means and how to mend it.")
                .footer(footer());
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel("COMMAND|VERDICT")
                .completionCandidates(topics())
                .description("the command or the verdict")
                .build());
    }

    @Override
    public int run(ParseResult line) {
        String name = line.matchedPositionalValue(0, "");
        if (name.isEmpty()) {
            return root();
        }
        Commands command = Commands.named(name);
        if (command != null) {
            return show(Main.commandLine(command.create(), "lastack " + command.label()));
        }
        Verdict verdict = verdict(name);
        return verdict == null ? unknown(name) : show(page(verdict));
    }

    /** The help of the program as a whole. */
    static int root() {
        return show(rootLine());
    }

    /** The program as a whole, with its commands. */
    static CommandLine rootLine() {
        CommandLine root = Main.commandLine(new OverviewCommand(), "lastack");
        for (Commands command : Commands.shown()) {
            root.addSubcommand(command.label(), Main.commandLine(command.create(), command.label()));
        }
        CommandSpec spec = root.getCommandSpec();
        List<String> footer = new ArrayList<>(List.of(spec.usageMessage().footer()));
        footer.addAll(List.of(verdicts()));
        spec.usageMessage().footer(footer.toArray(String[]::new));
        return root;
    }

    /** A verdict in any spelling: {@code EOF_NEVER_READ} too. */
    private static @Nullable Verdict verdict(String name) {
        String id = name.toLowerCase(Locale.ROOT).replace('_', '-');
        for (Verdict verdict : Verdict.values()) {
            if (verdict.id().equals(id)) {
                return verdict;
            }
        }
        return null;
    }

    /** The page of docs/verdicts. */
    private static String page(Verdict verdict) {
        try (InputStream page = HelpCommand.class.getResourceAsStream("verdicts/" + verdict.id() + ".md")) {
            return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All there is help on. */
    static List<String> topics() {
        List<String> topics = new ArrayList<>(Commands.labels());
        for (Verdict verdict : Verdict.values()) {
            topics.add(verdict.id());
        }
        return topics;
    }

    private static String[] footer() {
        List<String> lines = new ArrayList<>(List.of(verdicts()));
        lines.addAll(List.of("", "Examples:", "  lastack help close", "  lastack help eof-never-read"));
        return lines.toArray(String[]::new);
    }

    private static String[] verdicts() {
        List<String> lines = new ArrayList<>(List.of("", "Verdicts, each with a page of its own:"));
        StringBuilder line = new StringBuilder(" ");
        for (Verdict verdict : Verdict.values()) {
            if (line.length() + verdict.id().length() > 78) {
                lines.add(line.toString());
                line = new StringBuilder(" ");
            }
            line.append(' ').append(verdict.id());
        }
        lines.add(line.toString());
        return lines.toArray(String[]::new);
    }

    private static int unknown(String name) {
        List<String> meant = meant(name.toLowerCase(Locale.ROOT).replace('_', '-'));
        Diagnostics.error("there is no command and no verdict '" + name + "'\n"
                + (meant.isEmpty() ? "" : "did you mean: " + String.join(", ", meant) + "\n")
                + "the commands are: " + String.join(", ", Commands.labels())
                + "\nthe verdicts are listed by: lastack help");
        return ExitCode.USAGE;
    }

    /** The verdicts with this word in them, or else the word that is spelt most like it. */
    private static List<String> meant(String word) {
        List<String> meant = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            if (List.of(verdict.id().split("-", -1)).contains(word)) {
                meant.add(verdict.id());
            }
        }
        String nearest = Spelling.nearest(word, topics().toArray(String[]::new));
        return meant.isEmpty() && nearest != null ? List.of(nearest) : meant;
    }

    /** Prints the help of a command. */
    static int show(CommandLine command) {
        return show(command.getUsageMessage());
    }

    /** Prints what was asked for about the program itself. */
    static int show(String text) {
        try (Output out = Output.standard()) {
            out.line(text.stripTrailing());
            return ExitCode.DONE;
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }
}
