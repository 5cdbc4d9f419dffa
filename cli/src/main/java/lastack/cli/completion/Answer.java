package lastack.cli.completion;

import java.util.List;

/** What a shell is told. */
public sealed interface Answer {
    /** Words, in the order they are to be shown. */
    record Words(List<Candidate> candidates) implements Answer {}

    /**
     * Another program's command line begins before the cursor.
     *
     * @param index which of the words is its name
     */
    record OtherProgram(int index) implements Answer {}
}
