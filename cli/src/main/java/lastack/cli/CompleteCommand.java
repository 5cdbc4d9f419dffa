package lastack.cli;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import lastack.cli.completion.Answer;
import lastack.cli.completion.Candidate;
import lastack.cli.completion.Completion;
import lastack.cli.manual.ManPage;
import lastack.cli.print.Output;
import lastack.cli.print.SafeText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code lastack complete -- WORD... BEGINNING}: what the scripts of {@code lastack completion} ask at every TAB.
 *
 * <p>Prints a word a line, with a tab and its meaning behind it. {@code @N} instead says that from word N on, the first being 1,
 * it is the command line of another program.
 */
final class CompleteCommand implements Subcommand {
    @Override
    public String summary() {
        return "Say what may come next; the scripts of lastack completion ask this.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage().description(summary());
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("WORD")
                .description("what was typed behind lastack, the unfinished word last")
                .build());
    }

    @Override
    public int run(ParseResult line) {
        List<String> typed = line.matchedPositionalValue(0, List.<String>of());
        List<String> words = typed.subList(0, typed.size() - 1);
        print(answer(words, typed.getLast()));
        return ExitCode.DONE;
    }

    /** What may stand behind these words, beginning so. */
    static Answer answer(List<String> words, String current) {
        Commands command = words.isEmpty() ? null : Commands.named(words.getFirst());
        if (command != null) {
            CommandSpec spec =
                    Main.commandLine(command.create(), command.label()).getCommandSpec();
            return Completion.of(spec, words.subList(1, words.size()), current);
        }
        if (words.isEmpty() && !current.startsWith("-")) {
            return Completion.beginningWith(current, commands());
        }
        CommandSpec root = Main.commandLine(new OverviewCommand(), "lastack").getCommandSpec();
        return Completion.of(root, words, current);
    }

    private static List<Candidate> commands() {
        List<Candidate> commands = new ArrayList<>();
        for (Commands command : Commands.shown()) {
            CommandSpec spec = CommandSpec.create();
            command.create().declare(spec);
            commands.add(new Candidate(command.label(), ManPage.purpose(spec)));
        }
        return commands;
    }

    private static void print(Answer answer) {
        try (Output out = Output.standard()) {
            switch (answer) {
                case Answer.OtherProgram other -> out.line("@" + (other.index() + 2));
                case Answer.Words words ->
                    words.candidates()
                            .forEach(word -> out.line(SafeText.of(word.word()) + "\t" + SafeText.of(word.meaning())));
            }
        } catch (UncheckedIOException e) {
            Diagnostics.outputFailed(e);
        }
    }
}
