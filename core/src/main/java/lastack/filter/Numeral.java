package lastack.filter;

/** Numbers in text; -1 for what is none. */
final class Numeral {
    private static final int MOST_DIGITS = 18;
    private static final int MOST_HEX_DIGITS = 15;

    private Numeral() {}

    /** Digits only. */
    static long decimal(String text) {
        return digits(text, 0, 10);
    }

    /** As C writes them and ss reads them: {@code 80}, {@code 0x50}, {@code 0120}. */
    static long inC(String text) {
        int start = text.startsWith("+") ? 1 : 0;
        if (text.startsWith("0x", start) || text.startsWith("0X", start)) {
            return digits(text, start + 2, 16);
        }
        boolean octal = text.startsWith("0", start) && text.length() > start + 1;
        return octal ? digits(text, start + 1, 8) : digits(text, start, 10);
    }

    private static long digits(String text, int start, int radix) {
        int length = text.length() - start;
        if (length < 1 || length > (radix == 16 ? MOST_HEX_DIGITS : MOST_DIGITS)) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
