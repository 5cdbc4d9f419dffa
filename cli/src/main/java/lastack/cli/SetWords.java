package lastack.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lastack.options.OptionName;
import lastack.options.OptionSyntaxException;
import lastack.options.SocketOption;

/**
 * What was said behind {@code lastack set}.
 *
 * @param filter the words of the filter
 * @param options the options, in the order they were given
 */
record SetWords(List<String> filter, List<SocketOption> options) {
    /** Options are the last words of the form NAME=VALUE; in a filter no predicate has such a name. */
    static SetWords of(List<String> words) throws OptionSyntaxException {
        int first = words.size();
        while (first > 0 && isOption(words.get(first - 1))) {
            first--;
        }
        if (first == words.size()) {
            throw new OptionSyntaxException(whatIsMissing(words));
        }
        return new SetWords(words.subList(0, first), parse(words.subList(first, words.size())));
    }

    private static boolean isOption(String word) {
        int equals = word.indexOf('=');
        return equals > 0 && OptionName.named(word.substring(0, equals)).isPresent();
    }

    private static String whatIsMissing(List<String> words) {
        for (String word : words) {
            if (isOption(word)) {
                return word + " belongs behind the filter";
            }
        }
        String last = words.isEmpty() ? "" : words.getLast();
        if (OptionName.named(last).isPresent()) {
            return last + " needs a value: "
                    + OptionName.named(last).orElseThrow().form();
        }
        String wrong =
                last.indexOf('=') > 0 ? "no option of a socket is called '" + last.replaceAll("=.*", "") + "'" : "";
        return (wrong.isEmpty() ? "set needs NAME=VALUE behind the filter" : wrong) + "; the names are " + names();
    }

    private static String names() {
        List<String> names = new ArrayList<>();
        for (OptionName name : OptionName.values()) {
            names.add(name.label());
        }
        return String.join(", ", names);
    }

    private static List<SocketOption> parse(List<String> words) throws OptionSyntaxException {
        List<SocketOption> options = new ArrayList<>();
        Set<OptionName> seen = EnumSet.noneOf(OptionName.class);
        for (String word : words) {
            SocketOption option = SocketOption.parse(word);
            if (!seen.add(option.name())) {
                throw new OptionSyntaxException(option.name() + " is named twice");
            }
            options.add(option);
        }
        return options;
    }
}
