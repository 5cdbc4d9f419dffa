package lastack.cli.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Reads the words of an unfinished command line by the definition of the command.
 *
 * <p>What may stand for an argument is told by its label, as in the help: {@code self|all|NAME|PID}.
 */
public final class Completion {
    /** More than anybody reads. */
    private static final int MOST = 200;

    private final CommandSpec command;
    private final List<String> positionals = new ArrayList<>();
    private String netns = "self";

    private Completion(CommandSpec command) {
        this.command = command;
    }

    /**
     * What may come next.
     *
     * @param command the command that is typed
     * @param words what stands behind its name, complete
     * @param current the beginning of the word at the cursor
     */
    public static Answer of(CommandSpec command, List<String> words, String current) {
        return new Completion(command).answer(words, current);
    }

    /** Of these candidates those that begin so, each once. */
    public static Answer beginningWith(String current, List<Candidate> candidates) {
        Map<String, Candidate> words = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            if (candidate.word().startsWith(current) && words.size() < MOST) {
                words.putIfAbsent(candidate.word(), candidate);
            }
        }
        return new Answer.Words(List.copyOf(words.values()));
    }

    private Answer answer(List<String> words, String current) {
        OptionSpec waiting = null;
        boolean onlyPositionals = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (waiting != null) {
                note(waiting, word);
                waiting = null;
            } else if (!onlyPositionals && word.equals("--")) {
                onlyPositionals = true;
            } else if (!onlyPositionals && word.startsWith("-")) {
                waiting = option(word);
            } else if (command.parser().stopAtPositional()) {
                return new Answer.OtherProgram(i);
            } else {
                positionals.add(word);
            }
        }
        return waiting != null
                ? beginningWith(current, values(waiting, current))
                : here(current, onlyPositionals, words);
    }

    private Answer here(String current, boolean onlyPositionals, List<String> words) {
        if (onlyPositionals && command.parser().stopAtPositional()) {
            return new Answer.OtherProgram(words.size());
        }
        int equals = current.indexOf('=');
        if (!onlyPositionals && current.startsWith("--") && equals > 0) {
            return afterEquals(current.substring(0, equals + 1), current.substring(equals + 1));
        }
        return beginningWith(current, !onlyPositionals && current.startsWith("-") ? options() : arguments(current));
    }

    private Answer afterEquals(String lead, String value) {
        OptionSpec option = command.findOption(lead.substring(0, lead.length() - 1));
        List<Candidate> values = option == null ? List.of() : values(option, value);
        return beginningWith(
                lead + value, values.stream().map(one -> one.behind(lead)).toList());
    }

    /** The option whose value is the next word. */
    private @Nullable OptionSpec option(String word) {
        OptionSpec option = command.findOption(word);
        if (option == null && word.contains("=")) {
            OptionSpec glued = command.findOption(word.substring(0, word.indexOf('=')));
            if (glued != null) {
                note(glued, word.substring(word.indexOf('=') + 1));
            }
        }
        return option == null || option.arity().max() == 0 ? null : option;
    }

    private void note(OptionSpec option, String value) {
        if (List.of(option.names()).contains("--netns")) {
            netns = value;
        }
    }

    private List<Candidate> options() {
        List<Candidate> options = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                for (String name : option.names()) {
                    options.add(new Candidate(name, String.join(" ", option.description())));
                }
            }
        }
        return options;
    }

    private List<Candidate> arguments(String current) {
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (parameter.index().contains(positionals.size())) {
                return values(parameter, current);
            }
        }
        return List.of();
    }

    private List<Candidate> values(ArgSpec argument, String current) {
        return new Values(new Present(netns), positionals, current).of(argument);
    }
}
