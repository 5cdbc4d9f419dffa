package lastack.model;

/**
 * The timer that is running on a socket ({@code idiag_timer}, {@code idiag_expires}, {@code idiag_retrans}).
 *
 * @param kind which timer
 * @param expiresMillis milliseconds until it fires; can be 0 or, briefly, negative
 * @param retransmits how often it has fired: retransmissions, window or keepalive probes
 */
public record Timer(Kind kind, int expiresMillis, int retransmits) {
    /** The timers of {@code inet_diag.c}, in the kernel's numbering. */
    public enum Kind {
        NONE("none"),
        RETRANSMIT("on"),
        KEEPALIVE("keepalive"),
        TIME_WAIT("timewait"),
        PERSIST("persist"),
        UNKNOWN("unknown");

        private static final Kind[] BY_NUMBER = values();

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The timer with the kernel's number, or {@link #UNKNOWN}. */
        public static Kind of(int number) {
            return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
        }

        /** The name as ss prints it. */
        public String label() {
            return label;
        }
    }
}
