package lastack.filter;

import lastack.model.Family;
import lastack.model.IpAddress;

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
