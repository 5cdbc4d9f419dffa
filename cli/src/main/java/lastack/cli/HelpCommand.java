package lastack.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import lastack.cli.print.Output;
import lastack.cli.print.Terminal;
import lastack.cli.print.Wrapping;
import lastack.diagnosis.Verdict;
import lastack.filter.Spelling;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack help [COMMAND|VERDICT]}. */
final class HelpCommand implements Subcommand {
    /** Narrower ones picocli does not fill. */
    private static final int NARROWEST = 55;

    private static final int WIDEST = 100;

    /** The column in which what a command is for begins. */
    private static final int SUMMARY = 14;

    @Override
    public String summary() {
        return "Show the help of a command, or what a verdict of why means and how to mend it.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage().description(summary()).footer(footer());
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

    /** The help of the program as a whole. Its commands are told of and not built: that took 60 of 140 ms. */
    static int root() {
        CommandLine root = overview();
        Map<String, CommandLine.IHelpSectionRenderer> sections = root.getHelpSectionMap();
        sections.put(SECTION_KEY_SYNOPSIS, help -> help.synopsis(0).stripTrailing() + " [COMMAND]\n");
        sections.put(SECTION_KEY_COMMAND_LIST_HEADING, help -> "Commands:\n");
        sections.put(
                SECTION_KEY_COMMAND_LIST,
                help -> commands(help.commandSpec().usageMessage().width() - 1));
        return show(root);
    }

    private static String commands(int columns) {
        StringBuilder list = new StringBuilder();
        for (Commands command : Commands.shown()) {
            String text = String.join(
                    "\n", new Wrapping(columns).lines(SUMMARY, command.create().summary()));
            list.append("  ").append(command.label());
            list.append(text, 2 + command.label().length(), text.length()).append('\n');
        }
        return list.toString();
    }

    /** The program as a whole, with its commands. */
    static CommandLine rootLine() {
        CommandLine root = overview();
        for (Commands command : Commands.shown()) {
            root.addSubcommand(command.label(), Main.commandLine(command.create(), command.label()));
        }
        return root;
    }

    private static CommandLine overview() {
        CommandLine root = Main.commandLine(new OverviewCommand(), "lastack");
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
        int columns = Terminal.detect().columns();
        command.setUsageHelpWidth(Math.clamp(columns, NARROWEST, WIDEST));
        return show(String.join("\n", new Wrapping(columns).lines(command.getUsageMessage())));
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
