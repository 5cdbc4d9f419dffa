package lastack.filter;

import lastack.model.Family;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/** A network: the addresses whose masked bits are those of {@code network}. */
record Prefix(IpAddress network, long highMask, long lowMask) {
    /**
     * The network of the first bits of an address.
     *
     * @param bits 0 to 32 for IPv4, 0 to 128 for IPv6
     */
    static Prefix of(IpAddress network, int bits) {
        if (network.family() == Family.INET) {
            return new Prefix(network, 0, top(bits) >>> 32);
        }
        return new Prefix(network, top(Math.min(bits, 64)), top(Math.max(bits - 64, 0)));
    }

    /** The network of one address. */
    static Prefix of(IpAddress address) {
        return of(address, bits(address));
    }

    /** The network in {@code ADDRESS[/LEN]}, where the length may also be a mask; null when it is none. */
    static @Nullable Prefix parse(String text) {
        int slash = text.indexOf('/');
        IpAddress network = AddressText.parse(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            return null;
        }
        long bits = slash < 0 ? bits(network) : length(text.substring(slash + 1));
        return bits < 0 || bits > bits(network) ? null : of(network, (int) bits);
    }

    /** How many of the first bits count. */
    int bits() {
        return Long.bitCount(highMask) + Long.bitCount(lowMask);
    }

    private static int bits(IpAddress address) {
        return switch (address.family()) {
            case INET -> 32;
            case INET6 -> 128;
        };
    }

    /** A prefix length, as a number or as a mask such as {@code 255.255.0.0}; -1 if it is neither. */
    private static long length(String text) {
        if (text.indexOf('.') < 0) {
            return Numeral.inC(text);
        }
        IpAddress mask = AddressText.parse(text);
        if (mask == null) {
            return -1;
        }
        int bits = (int) mask.low();
        int length = Integer.numberOfLeadingZeros(~bits);
        return length + Integer.numberOfTrailingZeros(bits) >= 32 ? length : -1;
    }

    private static long top(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    /** Whether an address is in it; a v4-mapped address counts as the IPv4 address it maps, as in ss. */
    boolean contains(IpAddress address) {
        return sameFamily(address)
                && ((address.high() ^ network.high()) & highMask) == 0
                && ((address.low() ^ network.low()) & lowMask) == 0;
    }

    private boolean sameFamily(IpAddress address) {
        return address.family() == network.family() || (network.family() == Family.INET && address.isV4Mapped());
    }
}
