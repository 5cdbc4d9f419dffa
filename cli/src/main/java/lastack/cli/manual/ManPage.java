package lastack.cli.manual;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import lastack.cli.manual.HelpText.Paragraph;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of one command, from the same definition as its help. */
public final class ManPage {
    private static final int WIDE = 2000;

    private final CommandSpec command;
    private final HelpText help;
    private final Roff page = new Roff();

    private ManPage(CommandLine command) {
        this.command = command.getCommandSpec();
        this.help = HelpText.of(this.command);
    }

    /**
     * The page as text.
     *
     * @param command the command, by the name users type
     * @param version of the program
     * @param date year, month and day
     * @param related names of other pages with their section, such as {@code lastack-ls(1)}
     */
    public static String of(CommandLine command, String version, String date, List<String> related) {
        ManPage made = new ManPage(command);
        made.write(version, date, related);
        return made.page.toString();
    }

    /** What the page of a command is called: {@code lastack-ls}. */
    public static String name(String command) {
        return command.replace(' ', '-');
    }

    /** What a command does, in one sentence. */
    public static String purpose(CommandSpec command) {
        String first = String.join(" ", command.usageMessage().description());
        int end = first.indexOf(". ");
        return (end < 0 ? first : first.substring(0, end)).replaceFirst("\\.$", "");
    }

    private void write(String version, String date, List<String> related) {
        String name = name(command.qualifiedName());
        page.macro("TH", Roff.plain(name.toUpperCase(Locale.ROOT)), "1", date, "lastack " + version, "lastack");
        page.macro("SH", "NAME").marked(Roff.plain(name) + " \\- " + Roff.plain(lowered(purpose(command))));
        page.macro("SH", "SYNOPSIS").marked(synopsis());
        page.macro("SH", "DESCRIPTION");
        List.of(command.usageMessage().description()).forEach(page::prose);
        help.paragraphs().stream().filter(part -> !isSection(part)).forEach(this::remark);
        commands();
        arguments();
        help.paragraphs().stream().filter(ManPage::isSection).forEach(this::section);
        page.macro("SH", "SEE ALSO")
                .line(String.join(
                        ",\n", related.stream().map(ManPage::reference).toList()));
    }

    private static boolean isSection(Paragraph part) {
        return part.isSection() || part.title().equals("Exit status");
    }

    private static String lowered(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private String synopsis() {
        String custom = String.join(" ", command.usageMessage().customSynopsis());
        command.usageMessage().width(WIDE);
        String text = custom.isEmpty() ? new Help(command, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0) : custom;
        String name = command.qualifiedName();
        return Roff.bold(name) + Roff.plain(text.strip().replaceAll("\\s+", " ").substring(name.length()));
    }

    private void remark(Paragraph part) {
        page.line(".PP");
        if (!part.title().isEmpty()) {
            page.prose(part.title() + ":");
        }
        content(part);
    }

    private void section(Paragraph part) {
        page.macro("SH", part.title().toUpperCase(Locale.ROOT));
        content(part);
    }

    private void content(Paragraph part) {
        if (part.isLiteral()) {
            page.literal(part.lines());
        } else {
            part.lines().forEach(page::prose);
        }
    }

    private void commands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        page.macro("SH", "COMMANDS");
        for (Map.Entry<String, CommandLine> entry : command.subcommands().entrySet()) {
            CommandSpec one = entry.getValue().getCommandSpec();
            page.line(".TP").line(reference(name(command.name() + " " + entry.getKey()) + "(1)"));
            page.prose(purpose(one));
        }
    }

    private static String reference(String page) {
        int section = page.indexOf('(');
        return Roff.bold(page.substring(0, section)) + page.substring(section);
    }

    private void arguments() {
        page.macro("SH", "OPTIONS");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            page.line(".TP").line(Roff.italic(parameter.paramLabel()));
            List.of(parameter.description()).forEach(page::prose);
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                page.line(".TP").line(names(option));
                List.of(option.description()).forEach(page::prose);
            }
        }
    }

    private static String names(OptionSpec option) {
        String names = String.join(
                ", ", List.of(option.names()).stream().map(Roff::bold).toList());
        return option.arity().max() == 0 ? names : names + "=" + Roff.italic(option.paramLabel());
    }
}
