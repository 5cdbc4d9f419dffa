package lastack.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What may follow in a filter that is being typed. */
public final class Completion {
    private static final List<String> NUMBER = List.of("=", "!=", "<", "<=", ">", ">=");
    private static final List<String> EQUALITY = List.of("=", "!=");
    private static final List<String> NONE = List.of();
    private static final List<String> STATES = split(StateSet.NAMES.replace(" or ", " "));
    private static final List<String> BEGINNING = beginning();

    private Completion() {}

    /**
     * The words that complete the last one of a text, or may follow it where that ends in a blank.
     *
     * @param text what stands before the cursor
     */
    public static List<String> of(String text) {
        List<String> words = List.of(text.split("[ ()]+", -1));
        String begun = words.getLast().toLowerCase(Locale.ROOT);
        String before = words.size() > 1 ? words.get(words.size() - 2).toLowerCase(Locale.ROOT) : "";
        List<String> fitting = new ArrayList<>();
        for (String word : after(before)) {
            if (word.startsWith(begun) && !word.equals(begun)) {
                fitting.add(word);
            }
        }
        return fitting;
    }

    private static List<String> after(String word) {
        return switch (word) {
            case "state", "exclude" -> STATES;
            case "sport", "dport", "fwmark", "pid", "age", "recvq", "sendq" -> NUMBER;
            case "dev", "cgroup", "comm", "user", "inode", "cookie", "netns", "container" -> EQUALITY;
            case "src", "dst", "on" -> NONE;
            default -> Comparison.of(word) != null ? NONE : BEGINNING;
        };
    }

    private static List<String> beginning() {
        List<String> words = new ArrayList<>(List.of("state", "exclude", "not", "and", "or"));
        words.addAll(split(Vocabulary.PREDICATES));
        return List.copyOf(words);
    }

    private static List<String> split(String names) {
        return List.of(names.split("[, ]+", -1));
    }
}
