package lastack.doctor;

/**
 * One thing lastack needs, and whether it is there.
 *
 * @param ability what it is needed for
 * @param status whether it is there
 * @param detail what was seen
 * @param remedy what would help; empty when nothing is missing
 */
public record Finding(String ability, Status status, String detail, String remedy) {
    /** How much of the ability there is. */
    public enum Status {
        /** All of it. */
        OK,
        /** Some of it. */
        LIMITED,
        /** None. */
        MISSING
    }

    static Finding ok(String ability, String detail) {
        return new Finding(ability, Status.OK, detail, "");
    }

    static Finding limited(String ability, String detail, String remedy) {
        return new Finding(ability, Status.LIMITED, detail, remedy);
    }

    static Finding missing(String ability, String detail, String remedy) {
        return new Finding(ability, Status.MISSING, detail, remedy);
    }
}
