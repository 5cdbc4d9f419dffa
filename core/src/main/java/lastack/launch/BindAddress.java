package lastack.launch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * The {@code struct sockaddr_in} or {@code sockaddr_in6} a program hands to bind.
 *
 * <pre>
 *  0        2      4                8          24
 *  | family | port | IPv4 address   |          |
 *  | family | port | flow           | IPv6 address | scope
 * </pre>
 */
record BindAddress(Endpoint local) {
    private static final int IN_BYTES = 8;
    private static final int IN6_BYTES = 24;

    /** Reads it; null for any other kind. */
    static @Nullable BindAddress decode(ByteBuffer sockaddr) {
        ByteBuffer network = sockaddr.duplicate().order(ByteOrder.BIG_ENDIAN);
        int family = sockaddr.limit() < IN_BYTES ? 0 : sockaddr.getShort(0);
        if (family == Family.INET.number()) {
            return at(IpAddress.v4(network.getInt(4)), network);
        }
        if (family == Family.INET6.number() && sockaddr.limit() >= IN6_BYTES) {
            return at(IpAddress.v6(network.getLong(8), network.getLong(16)), network);
        }
        return null;
    }

    private static BindAddress at(IpAddress address, ByteBuffer network) {
        return new BindAddress(new Endpoint(address, network.getShort(2) & 0xFFFF));
    }

    int port() {
        return local.port();
    }
}
