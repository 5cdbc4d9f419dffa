package lastack.jvm;

/**
 * What came of a close inside the JVM.
 *
 * @param outcome what the agent saw afterwards
 * @param detail the object that was closed, or what it answered
 */
public record CloseAnswer(Outcome outcome, String detail) {
    /** No object was found for it; nothing was done. */
    public static final CloseAnswer UNKNOWN = new CloseAnswer(Outcome.UNKNOWN, "");

    static CloseAnswer of(String outcome, String detail) {
        return switch (outcome) {
            case "closed" -> new CloseAnswer(Outcome.CLOSED, detail);
            case "changed" -> new CloseAnswer(Outcome.CHANGED, detail);
            default -> new CloseAnswer(Outcome.OPEN, detail);
        };
    }

    /** The ways it can end. */
    public enum Outcome {
        /** The object is closed, and the descriptor is not this socket any more. */
        CLOSED,
        /** Just before, the descriptor or the object was another already; nothing was done. */
        CHANGED,
        /** It was closed, and the descriptor is still this socket. */
        OPEN,
        /** No object was found for it; nothing was done. */
        UNKNOWN
    }
}
