package lastack.filter;

import org.jspecify.annotations.Nullable;

/** Finds the known word that was probably meant. */
public final class Spelling {
    private static final int LONGEST = 40;

    private Spelling() {}

    /** The candidate that takes the fewest changes to reach, if that is no more than a third of the word; or null. */
    public static @Nullable String nearest(String word, String... candidates) {
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

    /** How many letters to insert, drop, replace or swap with their neighbour. */
    private static int changes(String from, String to) {
        int[][] changes = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                changes[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : fewest(changes, from, i, to, j);
            }
        }
        return changes[from.length()][to.length()];
    }

    private static int fewest(int[][] changes, String from, int i, String to, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int replaced = changes[i - 1][j - 1] + (same ? 0 : 1);
        int fewest = Math.min(replaced, Math.min(changes[i - 1][j], changes[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(fewest, changes[i - 2][j - 2] + 1) : fewest;
    }
}
