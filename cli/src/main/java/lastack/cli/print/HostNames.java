package lastack.cli.print;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import lastack.model.Endpoint;
import lastack.model.IpAddress;

/** Host names instead of addresses, each looked up once. */
final class HostNames {
    private final Map<IpAddress, String> names = new HashMap<>();

    /** {@code name:port}; the address where it has no name. */
    String of(Endpoint end) {
        if (end.address().isAny()) {
            return end.toString();
        }
        String name = names.computeIfAbsent(end.address(), HostNames::lookUp);
        return name + ':' + (end.port() == 0 ? "*" : Integer.toString(end.port()));
    }

    private static String lookUp(IpAddress address) {
        try {
            return InetAddress.ofLiteral(address.toString()).getCanonicalHostName();
        } catch (IllegalArgumentException e) {
            return address.toString();
        }
    }
}
