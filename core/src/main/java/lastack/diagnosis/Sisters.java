package lastack.diagnosis;

import lastack.model.Age;
import lastack.model.Durations;
import lastack.model.TcpSocket;

/**
 * Sockets in the same state between the same hosts for the same service: how many, and when they came.
 *
 * @param count how many
 * @param aged how many of them have a known age
 * @param oldestMillis the highest age
 * @param youngestMillis the lowest age
 */
record Sisters(int count, int aged, long oldestMillis, long youngestMillis) {
    static final Sisters NONE = new Sisters(0, 0, 0, Long.MAX_VALUE);

    /** So close together, in milliseconds or as a part of the age, is one burst. */
    private static final long BURST_MILLIS = 2_000;

    private static final int BURST_PART = 20;

    Sisters with(TcpSocket socket) {
        Age age = socket.age();
        if (age == null) {
            return new Sisters(count + 1, aged, oldestMillis, youngestMillis);
        }
        return new Sisters(
                count + 1, aged + 1, Math.max(oldestMillis, age.millis()), Math.min(youngestMillis, age.millis()));
    }

    /** When they came: {@code all within 1.2s: one burst}, {@code over 3h00m, one every 2m09s}. */
    String pattern() {
        if (aged < 2) {
            return "";
        }
        long spread = oldestMillis - youngestMillis;
        if (spread <= Math.max(BURST_MILLIS, oldestMillis / BURST_PART)) {
            return "all came within " + Durations.format(spread) + ": one burst";
        }
        return "they came over " + Durations.format(spread) + ", one every " + Durations.format(spread / (aged - 1))
                + " on average";
    }
}
