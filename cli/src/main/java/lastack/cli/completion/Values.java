package lastack.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import lastack.remedy.Method;
import picocli.CommandLine.Model.ArgSpec;

/** What may stand for one argument: its label says it, in words that stand for themselves and KINDS of words. */
final class Values {
    private static final Pattern LITERAL = Pattern.compile("[a-z][a-z0-9-]*");
    private static final String VALUE_MAY_FOLLOW = "[=";

    private final Present present;
    private final List<String> before;
    private final String current;

    Values(Present present, List<String> before, String current) {
        this.present = present;
        this.before = before;
        this.current = current;
    }

    List<Candidate> of(ArgSpec argument) {
        List<Candidate> values = new ArrayList<>();
        String label = argument.paramLabel();
        // Of an enum picocli takes the names of the constants; its label has the words that are meant.
        if (argument.completionCandidates() != null && !argument.type().isEnum()) {
            argument.completionCandidates().forEach(word -> add(values, word, label.contains(VALUE_MAY_FOLLOW)));
        }
        String[] words = label.split("\\|", -1);
        for (String word : words) {
            int bracket = word.indexOf('[');
            String name = bracket < 0 ? word : word.substring(0, bracket);
            if (LITERAL.matcher(name).matches()) {
                add(values, name, word.contains(VALUE_MAY_FOLLOW));
            } else {
                values.addAll(ofKind(name, words.length == 1));
            }
        }
        return values;
    }

    private static void add(List<Candidate> values, String word, boolean valueMayFollow) {
        values.add(new Candidate(word));
        if (valueMayFollow) {
            values.add(new Candidate(word + "="));
        }
    }

    private List<Candidate> ofKind(String kind, boolean only) {
        return switch (kind) {
            case "FILTER" -> new FilterCompletion(present).next(before, current);
            case "METHOD" -> methods();
            case "NAME" -> present.namespaces();
            // Beside others they would be too many, until it is clear that a number is meant.
            case "PID" -> only || beginsWithDigit() ? present.processes() : List.of();
            case "PORT" -> present.localPorts();
            case "ADDRESS" -> present.localAddresses();
            default -> List.of();
        };
    }

    private boolean beginsWithDigit() {
        return !current.isEmpty() && Character.isDigit(current.charAt(0));
    }

    private static List<Candidate> methods() {
        List<Candidate> methods = new ArrayList<>();
        methods.add(new Candidate("auto", "the gentlest that fits"));
        for (Method method : Method.values()) {
            methods.add(new Candidate(method.label(), method.act()));
        }
        return methods;
    }
}
