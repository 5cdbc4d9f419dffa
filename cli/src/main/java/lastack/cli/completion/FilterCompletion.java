package lastack.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lastack.filter.FilterLanguage;

/** What may come next in a filter, given as one word or as many. */
final class FilterCompletion {
    private static final Pattern GLUED = Pattern.compile("(\\(*!?)([a-z0-9]+)([=!<>]=?)(.*)");

    private final Present present;

    FilterCompletion(Present present) {
        this.present = present;
    }

    /**
     * Whole words for the place of the one at the cursor.
     *
     * @param before the words before it
     * @param current its beginning; with blanks in it where a filter is being typed in quotes
     */
    List<Candidate> next(List<String> before, String current) {
        int last = current.lastIndexOf(' ') + 1;
        List<String> tokens = new ArrayList<>();
        for (String word : (String.join(" ", before) + " " + current.substring(0, last)).split("\\s+", -1)) {
            if (!word.isEmpty()) {
                tokens.add(word);
            }
        }
        return behind(current.substring(0, last), token(tokens, current.substring(last)));
    }

    private static List<Candidate> behind(String lead, List<Candidate> candidates) {
        return candidates.stream().map(candidate -> candidate.behind(lead)).toList();
    }

    private List<Candidate> token(List<String> before, String current) {
        Matcher glued = GLUED.matcher(current);
        if (glued.matches() && isPredicate(glued.group(2))) {
            return behind(glued.group(1) + glued.group(2) + glued.group(3), values(glued.group(2), glued.group(4)));
        }
        String last = fromEnd(before, 1);
        if (FilterLanguage.announcesState(last)) {
            return words(FilterLanguage.states());
        }
        if (FilterLanguage.isComparison(last)) {
            return values(fromEnd(before, 2), current);
        }
        return takesValue(last) ? valuesAndComparisons(last, current) : begin(before, current);
    }

    private static String fromEnd(List<String> tokens, int distance) {
        return distance > tokens.size() ? "" : bare(tokens.get(tokens.size() - distance));
    }

    /** Without what may be glued to a word. */
    private static String bare(String token) {
        return token.replaceFirst("^[(!&|]+", "");
    }

    private static boolean isPredicate(String word) {
        return FilterLanguage.predicates().contains(word);
    }

    private static boolean takesValue(String word) {
        return isPredicate(word)
                && switch (word) {
                    case "autobound", "orphan", "unaccepted", "v4mapped" -> false;
                    default -> true;
                };
    }

    private List<Candidate> begin(List<String> before, String current) {
        String glued = current.substring(0, current.length() - bare(current).length());
        List<Candidate> words = new ArrayList<>(words(List.of("state", "exclude", "not")));
        if (!before.isEmpty()) {
            words.addAll(words(List.of("and", "or")));
        }
        words.addAll(words(FilterLanguage.predicates()));
        return behind(glued, words);
    }

    private List<Candidate> valuesAndComparisons(String predicate, String current) {
        List<Candidate> words = new ArrayList<>(words(List.of("=", "!=")));
        switch (predicate) {
            case "sport", "dport", "pid", "age", "recvq", "sendq", "inode" ->
                words.addAll(words(List.of("<", "<=", ">", ">=")));
            default -> {}
        }
        words.addAll(values(predicate, current));
        return words;
    }

    private List<Candidate> values(String predicate, String current) {
        return switch (predicate) {
            case "sport" -> ports(present.localPorts(), current);
            case "dport" -> ports(present.peerPorts(), current);
            case "src" -> present.localAddresses();
            case "dst" -> present.peerAddresses();
            case "pid" -> present.processes();
            case "comm" -> present.programs();
            case "user" -> present.users();
            case "dev", "on" -> present.interfaces();
            case "netns" -> present.namespaces();
            case "age" -> words(List.of("30s", "5m", "1h", "1d"));
            case "recvq", "sendq" -> words(List.of("0"));
            default -> List.of();
        };
    }

    /** With the colon ss writes, unless the user does without. */
    private static List<Candidate> ports(List<Candidate> ports, String current) {
        boolean bare = !current.isEmpty() && Character.isDigit(current.charAt(0));
        return bare ? ports : behind(":", ports);
    }

    private static List<Candidate> words(List<String> words) {
        return words.stream().map(Candidate::new).toList();
    }
}
