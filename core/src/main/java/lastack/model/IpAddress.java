package lastack.model;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 address as two numbers, cheap enough to make one for each of a million sockets.
 *
 * <p>An IPv4 address keeps its 32 bits in the low half of {@code low}; {@code high} is zero.
 *
 * @param family which of the two it is
 * @param high the first 64 bits of an IPv6 address, network order; 0 for IPv4
 * @param low the last 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 */
public record IpAddress(Family family, long high, long low) {
    private static final long V4_MAPPED = 0xFFFFL;

    /** The address {@code 0.0.0.0}. */
    public static final IpAddress ANY_V4 = new IpAddress(Family.INET, 0, 0);

    /** The address {@code ::}. */
    public static final IpAddress ANY_V6 = new IpAddress(Family.INET6, 0, 0);

    /** An IPv4 address from its 32 bits, the first octet highest. */
    public static IpAddress v4(int bits) {
        return new IpAddress(Family.INET, 0, bits & 0xFFFF_FFFFL);
    }

    /** An IPv6 address from its two halves. */
    public static IpAddress v6(long high, long low) {
        return new IpAddress(Family.INET6, high, low);
    }

    /** The same address as Java's own type has it. */
    public static IpAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == 4 ? v4(bytes.getInt()) : v6(bytes.getLong(), bytes.getLong());
    }

    /** Whether this is an IPv6 address of the form {@code ::ffff:a.b.c.d} (RFC 4291, section 2.5.5.2). */
    public boolean isV4Mapped() {
        return family == Family.INET6 && high == 0 && low >>> 32 == V4_MAPPED;
    }

    /** The IPv4 address inside a v4-mapped one; any other address as it is. */
    public IpAddress unmapped() {
        return isV4Mapped() ? v4((int) low) : this;
    }

    /** Whether this is {@code 0.0.0.0} or {@code ::}. */
    public boolean isAny() {
        return high == 0 && low == 0;
    }

    /** Whether this is in {@code 127.0.0.0/8}, is {@code ::1}, or maps such an address. */
    public boolean isLoopback() {
        IpAddress plain = unmapped();
        return plain.family == Family.INET ? plain.low >>> 24 == 127 : high == 0 && low == 1;
    }

    /**
     * Whether the first {@code bits} bits of both addresses are the same; never across families.
     *
     * @param bits 0 to 32 for IPv4, 0 to 128 for IPv6
     */
    public boolean sharesPrefix(IpAddress other, int bits) {
        if (family != other.family) {
            return false;
        }
        if (family == Family.INET) {
            return sameTop(low << 32, other.low << 32, bits);
        }
        return sameTop(high, other.high, Math.min(bits, 64)) && sameTop(low, other.low, Math.max(bits - 64, 0));
    }

    private static boolean sameTop(long a, long b, int bits) {
        return bits == 0 || (a ^ b) >>> (64 - bits) == 0;
    }

    /** Appends the text form: dotted quad, or RFC 5952 for IPv6 (without brackets). */
    public void appendTo(ByteText out) {
        if (family == Family.INET) {
            out.appendQuad((int) low);
        } else if (isV4Mapped()) {
            out.append("::ffff:").appendQuad((int) low);
        } else {
            appendGroups(out);
        }
    }

    private void appendGroups(ByteText out) {
        int gapStart = longestZeroRun();
        int gapEnd = gapStart < 0 ? -1 : endOfZeroRun(gapStart);
        for (int i = 0; i < 8; i++) {
            if (i == gapStart) {
                out.append("::");
                i = gapEnd - 1;
                continue;
            }
            if (i > 0 && i != gapEnd) {
                out.append(':');
            }
            out.appendHex(group(i));
        }
    }

    private int longestZeroRun() {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = endOfZeroRun(i) - i;
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        return best;
    }

    private int endOfZeroRun(int start) {
        int end = start;
        while (end < 8 && group(end) == 0) {
            end++;
        }
        return end;
    }

    private int group(int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index % 4))) & 0xFFFF;
    }

    @Override
    public String toString() {
        ByteText out = new ByteText(40);
        appendTo(out);
        return out.toString();
    }
}
