package lastack.filter;

import org.jspecify.annotations.Nullable;

/** The comparison operators, each in the spellings ss has for it. */
enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST;

    /** The operator written so, or null. */
    static @Nullable Comparison of(String text) {
        return switch (text) {
            case "=", "==", "eq" -> EQUAL;
            case "!=", "ne", "neq" -> NOT_EQUAL;
            case "<", "lt" -> LESS;
            case "<=", "le", "leq" -> AT_MOST;
            case ">", "gt" -> GREATER;
            case ">=", "ge", "geq" -> AT_LEAST;
            default -> null;
        };
    }

    /** Whether it needs values that have an order. */
    boolean orders() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /** The operator that says the same with its sides exchanged. */
    Comparison mirrored() {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> this;
            case LESS -> GREATER;
            case AT_MOST -> AT_LEAST;
            case GREATER -> LESS;
            case AT_LEAST -> AT_MOST;
        };
    }

    boolean holds(long left, long right) {
        return switch (this) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case AT_MOST -> left <= right;
            case GREATER -> left > right;
            case AT_LEAST -> left >= right;
        };
    }

    /** The answer when of the left side only the limits are known. */
    Truth holds(long least, long most, long right) {
        return switch (this) {
            case EQUAL -> equal(least, most, right);
            case NOT_EQUAL -> equal(least, most, right).negated();
            case GREATER -> greater(least, most, right);
            case AT_MOST -> greater(least, most, right).negated();
            case LESS -> less(least, most, right);
            case AT_LEAST -> less(least, most, right).negated();
        };
    }

    private static Truth equal(long least, long most, long right) {
        if (right < least || right > most) {
            return Truth.NO;
        }
        return least == most ? Truth.YES : Truth.UNKNOWN;
    }

    private static Truth greater(long least, long most, long right) {
        if (least > right) {
            return Truth.YES;
        }
        return most <= right ? Truth.NO : Truth.UNKNOWN;
    }

    private static Truth less(long least, long most, long right) {
        if (most < right) {
            return Truth.YES;
        }
        return least >= right ? Truth.NO : Truth.UNKNOWN;
    }
}
