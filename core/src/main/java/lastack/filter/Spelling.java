package lastack.filter;

import org.jspecify.annotations.Nullable;

/** Finds the known word that was probably meant. */
final class Spelling {
    private static final int LONGEST = 40;

    private Spelling() {}

    /** The candidate that takes the fewest changes to reach, if that is no more than a third of the word; or null. */
    static @Nullable String nearest(String word, String... candidates) {
        if (word.length() > LONGEST) {
            return null;
        }
        int limit = Math.max(1, word.length() / 3);
        String best = null;
        for (String candidate : candidates) {
            int changes = changes(word, candidate);
            if (changes <= limit) {
                best = candidate;
                limit = changes - 1;
            }
        }
        return best;
    }

    /** The Levenshtein distance, row by row. */
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
