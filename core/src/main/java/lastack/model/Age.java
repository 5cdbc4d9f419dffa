package lastack.model;

/**
 * How long a socket has been in its state, and how well that is known.
 *
 * @param millis the time in milliseconds
 * @param source where the number comes from
 * @param bound whether it is the age itself or a limit of it
 */
public record Age(long millis, Source source, Bound bound) {
    /** Where an age comes from. */
    public enum Source {
        /** {@code tcpi_last_ack_recv}: when the last segment with an ACK, such as the peer's FIN, came in. */
        LAST_ACK("last_ack"),
        /** A timer of known length that is still running. */
        TIMER("timer"),
        /** The sum of the retransmission back-offs so far. */
        BACKOFF("backoff"),
        /** The state change itself was watched. */
        EVENT("event"),
        /** Seen in this state since an earlier look. */
        SEEN("seen");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        /** The name in the JSON form. */
        public String label() {
            return label;
        }
    }

    /** How the number relates to the true age. */
    public enum Bound {
        EXACT("exact"),
        AT_LEAST("at_least"),
        AT_MOST("at_most");

        private final String label;

        Bound(String label) {
            this.label = label;
        }

        /** The name in the JSON form. */
        public String label() {
            return label;
        }
    }
}
