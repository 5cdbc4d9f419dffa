package lastack.ports;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;

/**
 * A port somebody wants to bind.
 *
 * @param number 1 to 65535
 * @param address one local address, or nothing for all
 */
public record LocalPort(int number, Optional<IpAddress> address) {
    private static final int HIGHEST = 65_535;

    /**
     * Reads {@code 8080}, {@code :8080}, {@code 10.0.0.5:8080} or {@code [::1]:8080}; names are never looked up.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static LocalPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean every = host.isEmpty() || host.equals("*");
        return new LocalPort(number(text.substring(colon + 1)), every ? Optional.empty() : Optional.of(address(host)));
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(text) : 0;
        if (number < 1 || number > HIGHEST) {
            throw new IllegalArgumentException("'" + text + "' is no port; write a number from 1 to " + HIGHEST);
        }
        return number;
    }

    /** Reads an address, with or without brackets. */
    public static IpAddress address(String text) {
        boolean brackets = text.startsWith("[") && text.endsWith("]");
        try {
            return IpAddress.of(InetAddress.ofLiteral(brackets ? text.substring(1, text.length() - 1) : text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no address; write one such as 10.0.0.5 or ::1", e);
        }
    }

    /** The same port of one address. */
    public LocalPort at(IpAddress host) {
        return new LocalPort(number, Optional.of(host));
    }

    /** Binds it in the calling thread's network namespace, and lets it go at once. */
    public List<BindAnswer> tryToBind() {
        return BindAnswer.of(number, address);
    }

    /** The sockets that can stand in the way of a bind. */
    public Filter rivals() {
        return filter("");
    }

    /** Those of one standing. */
    public Filter rivals(Standing standing) {
        return filter(standing.states());
    }

    /** An address is also taken by whoever has the wildcard, and {@code ::} mostly stands for IPv4 too. */
    private Filter filter(String states) {
        String hosts = address.map(IpAddress::unmapped).map(LocalPort::hosts).orElse("");
        try {
            return Filter.parse(states + " sport = :" + number + hosts);
        } catch (FilterSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hosts(IpAddress host) {
        if (host.family() == Family.INET6) {
            return host.isAny() ? "" : " ( src [" + host + "] or src [::] )";
        }
        String hosts = host.isAny() ? "src 0.0.0.0/0" : "src " + host + " or src 0.0.0.0";
        return " ( " + hosts + " or src [::] and not v6only )";
    }

    @Override
    public String toString() {
        return address.map(host -> new Endpoint(host, number).toString()).orElse("port " + number);
    }
}
