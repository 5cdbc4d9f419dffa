package lastack.filter;

import java.util.List;

/** The words of the filter language, for those who help to write filters. */
public final class FilterLanguage {
    private FilterLanguage() {}

    /** The names of states, and of the groups of states. */
    public static List<String> states() {
        return List.of(StateSet.NAMES.replace("or ", "").split(", *", -1));
    }

    /** The names of predicates. */
    public static List<String> predicates() {
        return List.of(Vocabulary.PREDICATES.split(", *", -1));
    }

    /** Whether a word says that states come next. */
    public static boolean announcesState(String word) {
        return word.equals("state") || word.startsWith("excl");
    }

    /** Whether a word compares, such as {@code <=} or {@code le}. */
    public static boolean isComparison(String word) {
        return Comparison.of(word) != null;
    }
}
