package lastack.diagnosis;

/**
 * From when on something counts.
 *
 * @param idleMillis a connection without any traffic for so long is idle
 * @param unreadMillis data that waits so long is not read
 * @param momentMillis what is younger may just be passing through
 * @param pressurePercent share of the local ports towards one destination
 */
public record Thresholds(long idleMillis, long unreadMillis, long momentMillis, int pressurePercent) {
    /** Five minutes, after which many NAT routers forget a connection; five seconds; one second; four fifths. */
    public static final Thresholds USUAL = new Thresholds(300_000, 5_000, 1_000, 80);
}
