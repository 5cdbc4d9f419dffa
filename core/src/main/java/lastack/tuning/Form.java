package lastack.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** What the values of a setting look like. */
public sealed interface Form {
    /** The value in the one spelling lastack uses; whoever compares two values compares these. */
    String normal(String text) throws InvalidSettingException;

    /** What to write, for messages. */
    String expected();

    /**
     * A whole number.
     *
     * @param least the least value
     * @param most the greatest value
     * @param unit {@code s}, {@code ms}, or empty for a plain number
     */
    record Whole(long least, long most, String unit) implements Form {
        @Override
        public String normal(String text) throws InvalidSettingException {
            long number = number(text.trim());
            if (number < least || number > most) {
                throw new InvalidSettingException("'" + text.trim() + "' is not " + expected());
            }
            return Long.toString(number);
        }

        @Override
        public String expected() {
            String what = switch (unit) {
                case "s" -> "a number of seconds";
                case "ms" -> "a number of milliseconds";
                default -> "a whole number";
            };
            return what + " from " + least + " to " + most;
        }
    }

    /** The first and the last port, as {@code 32768 60999} or {@code 32768-60999}. */
    record PortRange() implements Form {
        @Override
        public String normal(String text) throws InvalidSettingException {
            String[] ports = text.trim().split("\\s*[-,]\\s*|\\s+", -1);
            if (ports.length != 2 || port(ports[0]) < 1 || port(ports[1]) < port(ports[0])) {
                throw new InvalidSettingException("'" + text.trim() + "' is not " + expected());
            }
            return port(ports[0]) + " " + port(ports[1]);
        }

        @Override
        public String expected() {
            return "a first and a last port, such as 32768-60999";
        }
    }

    /** Ports and ranges of ports, as {@code 8080,9000-9099}, sorted and joined as the kernel tells them; empty for none. */
    record PortList() implements Form {
        @Override
        public String normal(String text) throws InvalidSettingException {
            StringJoiner list = new StringJoiner(",");
            for (Ports ports : Ports.joined(ports(text))) {
                list.add(ports.toString());
            }
            return list.toString();
        }

        static List<Ports> ports(String text) throws InvalidSettingException {
            List<Ports> list = new ArrayList<>();
            for (String item : text.isBlank() ? new String[0] : text.trim().split("\\s*,\\s*", -1)) {
                String[] ends = item.split("-", -1);
                int first = port(ends[0]);
                int last = port(ends[ends.length - 1]);
                if (ends.length > 2 || first < 0 || last < first) {
                    throw new InvalidSettingException("'" + item + "' is not " + new PortList().expected());
                }
                list.add(new Ports(first, last));
            }
            return list;
        }

        @Override
        public String expected() {
            return "a list of ports, such as 8080,9000-9099";
        }
    }

    /** A number in decimal digits, or -1. */
    private static long number(String text) {
        boolean digits = !text.isEmpty() && text.length() < 16 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : -1;
    }

    /** A port, or -1. */
    private static int port(String text) {
        long number = number(text);
        return number > 65_535 ? -1 : (int) number;
    }
}
