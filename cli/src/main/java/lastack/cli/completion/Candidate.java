package lastack.cli.completion;

/**
 * What may stand at the cursor.
 *
 * @param word the whole word
 * @param meaning what it is, in a few words, or nothing
 */
public record Candidate(String word, String meaning) {
    Candidate(String word) {
        this(word, "");
    }

    Candidate behind(String lead) {
        return lead.isEmpty() ? this : new Candidate(lead + word, meaning);
    }
}
