package lastack.diagnosis;

/**
 * How a group changed between two looks.
 *
 * @param came how many were not there at the first look
 * @param went how many were not there any more at the second
 * @param overMillis the time between the looks
 */
public record Growth(int came, int went, long overMillis) {
    /** What that amounts to. */
    public String trend() {
        if (came > went) {
            return "it grows";
        }
        if (came < went) {
            return "it shrinks";
        }
        return came == 0 ? "nothing moves" : "it keeps its size";
    }
}
