package lastack.model;

/**
 * A TCP connection a router remembers (conntrack).
 *
 * @param id the kernel's number for the entry ({@code CTA_ID}); a later connection between the same ends mostly has another,
 *     but where it is remembered in the same piece of memory it has the same
 * @param state what the router has seen of it
 * @param original as the client sees it: from the client to the address it called
 * @param reply as the server sees it: from the server to the address it was called from; other than the original
 *     reversed where NAT is between
 * @param timeoutSeconds until the router forgets it, unless a packet passes
 * @param mark the connection's mark, 0 for none
 * @param status {@code IPS_*} bits of {@code linux/netfilter/nf_conntrack_common.h}
 * @param zone the conntrack zone, 0 for the usual one
 */
public record ForwardedConnection(
        int id, TrackedState state, Flow original, Flow reply, long timeoutSeconds, int mark, int status, int zone) {
    private static final int SEEN_REPLY = 1 << 1;
    private static final int OFFLOADED = 1 << 14;

    /** The client as the router reaches it. */
    public Endpoint client() {
        return original.source();
    }

    /** The server as the router reaches it. */
    public Endpoint server() {
        return reply.source();
    }

    /** Whether the router changes addresses or ports in between. */
    public boolean translated() {
        return !original.equals(reply.reversed());
    }

    /** Whether packets went both ways. */
    public boolean answered() {
        return (status & SEEN_REPLY) != 0;
    }

    /** Whether a flow table or the hardware forwards it past conntrack, which then does not see its packets. */
    public boolean offloaded() {
        return (status & OFFLOADED) != 0;
    }

    /** IPv4 or IPv6. */
    public Family family() {
        return original.source().address().family();
    }

    /** Whether this is the same entry, however it has changed. */
    public boolean isSameAs(ForwardedConnection other) {
        return id == other.id && original.equals(other.original) && zone == other.zone;
    }
}
