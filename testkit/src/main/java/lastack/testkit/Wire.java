package lastack.testkit;

import java.net.InetAddress;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;

/** What a connection runs over: its family as the subject sees it, and loopback or a veth pair between two namespaces. */
public enum Wire {
    V4_LOOPBACK(Family.INET, "127.0.0.1", "127.0.0.1"),
    V6_LOOPBACK(Family.INET6, "::1", "::1"),
    /** The subject is an {@code AF_INET6} socket at {@code ::ffff:127.0.0.1}; its peer is plain IPv4. */
    MAPPED_LOOPBACK(Family.INET6, "127.0.0.1", "127.0.0.1"),
    V4_VETH(Family.INET, Veth.v4(0, 1), Veth.v4(0, 2)),
    V6_VETH(Family.INET6, Veth.v6(0, 1), Veth.v6(0, 2)),
    MAPPED_VETH(Family.INET6, Veth.v4(0, 1), Veth.v4(0, 2));

    private static final long MAPPED_PREFIX = 0xFFFF_0000_0000L;

    private final Family family;
    private final String here;
    private final String there;

    Wire(Family family, String here, String there) {
        this.family = family;
        this.here = here;
        this.there = there;
    }

    /** The family of the subject's socket, and of the dump it is listed in. */
    public Family family() {
        return family;
    }

    /** The family of the peer's socket. */
    public Family peerFamily() {
        return isMapped() ? Family.INET : family;
    }

    /** The subject's address. */
    public String here() {
        return here;
    }

    /** The peer's address. */
    public String there() {
        return there;
    }

    /** Whether the subject is v4-mapped. */
    public boolean isMapped() {
        return this == MAPPED_LOOPBACK || this == MAPPED_VETH;
    }

    /** Whether the peer is in another namespace. */
    public boolean isVeth() {
        return this == V4_VETH || this == V6_VETH || this == MAPPED_VETH;
    }

    /** An end as the subject's own socket shows it. */
    Endpoint endpoint(String host, int port) {
        IpAddress plain = IpAddress.of(InetAddress.ofLiteral(host));
        return new Endpoint(isMapped() ? IpAddress.v6(0, MAPPED_PREFIX | plain.low()) : plain, port);
    }

    /** The other end of a listener, as its socket shows it. */
    Endpoint nobody() {
        return new Endpoint(family == Family.INET ? IpAddress.ANY_V4 : IpAddress.ANY_V6, 0);
    }
}
