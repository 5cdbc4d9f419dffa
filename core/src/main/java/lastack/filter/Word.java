package lastack.filter;

/**
 * One word of a filter, and where it stands in the text.
 *
 * @param text the word without its backslashes
 * @param start where it begins
 * @param end where it ends
 */
record Word(String text, int start, int end) {
    /** The rest of the word from this character on; the whole word's place if backslashes hide the exact one. */
    Word from(int index) {
        return part(index, text.length());
    }

    /** A piece of the word. */
    Word part(int from, int to) {
        String piece = text.substring(from, to);
        return escaped() ? new Word(piece, start, end) : new Word(piece, start + from, start + to);
    }

    /** Whether a backslash was in it, which takes any special meaning from it. */
    boolean escaped() {
        return end - start != text.length();
    }

    boolean isEmpty() {
        return text.isEmpty();
    }
}
