package lastack.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text that is put together as the bytes it will be written as (UTF-8), in memory that can be used again: for a million rows no
 * string is made.
 */
public final class ByteText {
    /** {@code 255.255.255.255.} */
    private static final int LONGEST_QUAD = 16;

    private byte[] bytes;
    private int length;
    private boolean printable = true;

    /** An empty text with room for so many bytes; it grows when it must. */
    public ByteText(int room) {
        bytes = new byte[room];
    }

    /** Appends one character of ASCII. */
    public ByteText append(char ascii) {
        if (length == bytes.length) {
            makeRoom(1);
        }
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Appends a number. */
    public ByteText append(long number) {
        if (number >= 0 && number < 10) {
            return append((char) ('0' + number));
        }
        return number >= 0 && number <= Integer.MAX_VALUE ? appendDigits((int) number) : append(Long.toString(number));
    }

    private ByteText appendDigits(int number) {
        int digits = digits(number);
        makeRoom(digits);
        int rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            int tenth = rest / 10;
            bytes[at] = (byte) ('0' + rest - tenth * 10);
            rest = tenth;
        }
        length += digits;
        return this;
    }

    private static int digits(int number) {
        int digits = 1;
        for (long bound = 10; bound <= number; bound *= 10) {
            digits++;
        }
        return digits;
    }

    /** Appends the four bytes of a number as a dotted quad. */
    public ByteText appendQuad(int number) {
        makeRoom(LONGEST_QUAD);
        int at = length;
        for (int shift = 24; shift >= 0; shift -= 8) {
            int octet = number >>> shift & 0xFF;
            if (octet > 99) {
                bytes[at++] = (byte) ('0' + octet / 100);
            }
            if (octet > 9) {
                bytes[at++] = (byte) ('0' + octet / 10 % 10);
            }
            bytes[at++] = (byte) ('0' + octet % 10);
            bytes[at++] = '.';
        }
        length = at - 1;
        return this;
    }

    /** Appends a number in hexadecimal. */
    public ByteText appendHex(int number) {
        int shift = 28 - Integer.numberOfLeadingZeros(number | 1) / 4 * 4;
        for (; shift >= 0; shift -= 4) {
            append(Character.forDigit(number >>> shift & 0xF, 16));
        }
        return this;
    }

    /** Appends any text. */
    public ByteText append(String text) {
        int chars = text.length();
        makeRoom(chars);
        int at = length;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return appendEncoded(text);
            }
            bytes[at++] = (byte) c;
        }
        length = at;
        return this;
    }

    private ByteText appendEncoded(String text) {
        printable = false;
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return append(encoded, 0, encoded.length);
    }

    /** Appends bytes that are UTF-8 already. */
    public ByteText append(byte[] from, int start, int count) {
        makeRoom(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
        return this;
    }

    /** Appends that many blanks; none for a negative number. */
    public ByteText blanks(int count) {
        if (count > 0) {
            makeRoom(count);
            fill(length, count);
        }
        return this;
    }

    /** Inserts that many blanks at a place; none for a negative number. */
    public ByteText insertBlanks(int at, int count) {
        if (count > 0) {
            makeRoom(count);
            System.arraycopy(bytes, at, bytes, at + count, length - at);
            fill(at, count);
        }
        return this;
    }

    /** A loop is quicker than {@code Arrays.fill} for so few. */
    private void fill(int start, int count) {
        for (int i = start; i < start + count; i++) {
            bytes[i] = ' ';
        }
        length += count;
    }

    private void makeRoom(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** Whether every string since the last {@link #clear} or {@link #replaceFrom} was of printable ASCII: then each byte is one column wide, and none can steer a terminal. */
    public boolean isPrintable() {
        return printable;
    }

    /** How many bytes. */
    public int length() {
        return length;
    }

    /** The memory the first {@link #length} bytes of which are the text; good until more is appended. */
    public byte[] bytes() {
        return bytes;
    }

    /** The text from one place to the end. */
    public String from(int start) {
        return new String(bytes, start, length - start, StandardCharsets.UTF_8);
    }

    /** Puts a text that may be printed in place of what lies behind the first so many bytes. */
    public ByteText replaceFrom(int start, String replacement) {
        length = start;
        append(replacement);
        printable = true;
        return this;
    }

    /** Makes it empty, to be used again. */
    public void clear() {
        length = 0;
        printable = true;
    }

    @Override
    public String toString() {
        return from(0);
    }
}
