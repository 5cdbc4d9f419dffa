package lastack.options;

import lastack.model.Durations;

/** The text of one option's value while it is read. */
record OptionText(OptionName name, String value) {
    private static final long MILLIS_PER_SECOND = 1_000;

    /** {@code on} or {@code off}. */
    boolean isOn() throws OptionSyntaxException {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw bad();
        };
    }

    /** A time span in milliseconds. */
    int millis(String part, int least, int most) throws OptionSyntaxException {
        long millis = Durations.parseMillis(part).orElseThrow(this::bad);
        return inRange(millis, least, most, shown(least) + " to " + shown(most));
    }

    /** A time span in whole seconds. */
    int seconds(String part, int least, int most) throws OptionSyntaxException {
        long millis = Durations.parseMillis(part).orElseThrow(this::bad);
        if (millis % MILLIS_PER_SECOND != 0) {
            throw new OptionSyntaxException(name + "=" + value + ": the kernel takes whole seconds only");
        }
        return inRange(millis / MILLIS_PER_SECOND, least, most, least + "s to " + most + "s");
    }

    /** A number. */
    int count(String part, int least, int most) throws OptionSyntaxException {
        try {
            return inRange(Integer.parseInt(part), least, most, least + " to " + most);
        } catch (NumberFormatException e) {
            throw bad();
        }
    }

    private int inRange(long number, int least, int most, String range) throws OptionSyntaxException {
        if (number < least || number > most) {
            throw OptionSyntaxException.outOfRange(name, value, range);
        }
        return (int) number;
    }

    OptionSyntaxException bad() {
        return OptionSyntaxException.badValue(name, value);
    }

    /** Milliseconds as they can be read again: {@code 30s}, {@code 1500ms}. */
    static String shown(int millis) {
        return millis % MILLIS_PER_SECOND == 0 ? millis / MILLIS_PER_SECOND + "s" : millis + "ms";
    }
}
