package lastack.filter;

import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/** Reads addresses as ss does: IPv4 that may be cut short ({@code 10.1} is 10.1.0.0), and IPv6 as in RFC 4291. */
final class AddressText {
    private static final int GROUPS = 8;
    private static final int NO_GAP = -1;

    private final String text;
    private final int[] groups = new int[GROUPS];
    private int count;
    private int gap = NO_GAP;

    private AddressText(String text) {
        this.text = text;
    }

    /** The address, or null when the text is none. */
    static @Nullable IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? new AddressText(text).v6() : v4(text);
    }

    private static @Nullable IpAddress v4(String text) {
        int bits = 0;
        int start = 0;
        for (int shift = 24; shift >= 0; shift -= 8) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            long octet = Numeral.inC(text.substring(start, end));
            if (octet < 0 || octet > 255) {
                return null;
            }
            bits |= (int) octet << shift;
            if (dot < 0) {
                return IpAddress.v4(bits);
            }
            start = dot + 1;
        }
        return null;
    }

    private @Nullable IpAddress v6() {
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            boolean quad = colon < 0 && text.indexOf('.', at) >= 0;
            boolean read = quad ? readQuad(at) : readGroup(at, end);
            boolean endsWithColon = end + 1 == text.length();
            if (!read || endsWithColon) {
                return null;
            }
            at = end + 1;
            if (at < text.length() && text.charAt(at) == ':') {
                if (gap != NO_GAP) {
                    return null;
                }
                gap = count;
                at++;
            }
        }
        return joined();
    }

    private boolean readGroup(int start, int end) {
        if (end == start || end - start > 4 || count == GROUPS) {
            return false;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return false;
            }
            value = value * 16 + digit;
        }
        groups[count++] = value;
        return true;
    }

    /** Four plain decimal numbers at the end stand for the last two groups. */
    private boolean readQuad(int start) {
        if (count > GROUPS - 2) {
            return false;
        }
        int bits = 0;
        int at = start;
        for (int i = 0; i < 4; i++) {
            int dot = i < 3 ? text.indexOf('.', at) : text.length();
            long octet = dot < 0 || dot - at > 3 ? -1 : Numeral.decimal(text.substring(at, dot));
            if (octet < 0 || octet > 255) {
                return false;
            }
            bits = bits << 8 | (int) octet;
            at = dot + 1;
        }
        groups[count++] = bits >>> 16;
        groups[count++] = bits & 0xFFFF;
        return true;
    }

    private @Nullable IpAddress joined() {
        boolean complete = gap == NO_GAP ? count == GROUPS : count < GROUPS;
        if (!complete) {
            return null;
        }
        int afterGap = gap == NO_GAP ? 0 : count - gap;
        long[] halves = new long[2];
        for (int i = 0; i < count; i++) {
            int place = i < count - afterGap ? i : i + GROUPS - count;
            halves[place / 4] |= (long) groups[i] << (48 - 16 * (place % 4));
        }
        return IpAddress.v6(halves[0], halves[1]);
    }
}
