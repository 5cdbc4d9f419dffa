package lastack.filter;

import java.util.ArrayList;
import java.util.List;
import lastack.model.Family;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code [FAMILY:]HOST[/LEN][:PORT]} as ss does.
 *
 * <p>ss takes what follows the last colon for the port. Where that makes no sense and the whole is an IPv6 address, such as
 * {@code ::1}, which ss refuses, it is that address.
 */
final class HostParser {
    static final int ANY_PORT = -1;
    private static final int HIGHEST_PORT = 65535;
    private static final String[] OTHER_FAMILIES = {"unix:", "link:", "netlink:", "vsock:"};

    private final Lexer lexer;
    private final Lookup lookup;
    private @Nullable Family family;

    HostParser(Lexer lexer, Lookup lookup) {
        this.lexer = lexer;
        this.lookup = lookup;
    }

    /** The family last named by {@code inet:} or {@code inet6:}; as in ss it then holds for the whole filter. */
    @Nullable
    Family family() {
        return family;
    }

    SocketTest.At host(Side side, Word whole) throws FilterSyntaxException {
        Word word = withoutFamily(whole);
        String text = word.text();
        if (text.startsWith("[")) {
            return bracketed(side, word);
        }
        if (text.startsWith("*")) {
            return new SocketTest.At(side, List.of(), barePort(word.from(1)));
        }
        int colon = portColon(text);
        if (colon < 0 || isBareV6(text, colon)) {
            return new SocketTest.At(side, hosts(word), ANY_PORT);
        }
        int port = barePort(word.from(colon));
        return new SocketTest.At(side, hosts(word.part(0, colon)), port);
    }

    private SocketTest.At bracketed(Side side, Word word) throws FilterSyntaxException {
        int end = word.text().indexOf(']');
        if (end < 0) {
            throw lexer.mistake(word, "a ] after the address");
        }
        int port = barePort(word.from(end + 1));
        return new SocketTest.At(side, hosts(word.part(1, end)), port);
    }

    /** The last colon, unless a prefix length follows it. */
    private static int portColon(String text) {
        int colon = text.lastIndexOf(':');
        return colon > text.indexOf('/') ? colon : -1;
    }

    private boolean isBareV6(String text, int colon) {
        boolean oneColon = text.indexOf(':') == colon;
        if (oneColon || prefix(text) == null) {
            return false;
        }
        boolean splits = prefix(text.substring(0, colon)) != null && portNamed(text.substring(colon + 1)) >= 0;
        return !splits;
    }

    /** The port in {@code [FAMILY:][:]PORT}, or {@link #ANY_PORT}. */
    int port(Word word) throws FilterSyntaxException {
        return barePort(withoutFamily(word));
    }

    private int barePort(Word word) throws FilterSyntaxException {
        Word name = word.text().startsWith(":") ? word.from(1) : word;
        if (name.isEmpty() || name.text().equals("*")) {
            return ANY_PORT;
        }
        int port = portNamed(name.text());
        if (port < 0) {
            throw lexer.mistake(name, "a port from 0 to " + HIGHEST_PORT + ", or a service in /etc/services");
        }
        return port;
    }

    private int portNamed(String name) {
        long number = Numeral.inC(name);
        if (number > HIGHEST_PORT) {
            return -1;
        }
        return number >= 0 ? (int) number : lookup.port(name);
    }

    private Word withoutFamily(Word word) throws FilterSyntaxException {
        for (Family named : Family.values()) {
            if (word.text().startsWith(named.label() + ':')) {
                family = named;
                return word.from(named.label().length() + 1);
            }
        }
        for (String other : OTHER_FAMILIES) {
            if (word.text().startsWith(other)) {
                throw lexer.mistake(word.part(0, other.length()), "inet: or inet6:, as only TCP sockets are looked at");
            }
        }
        return word;
    }

    /** The networks of a host; none for any. */
    private List<Prefix> hosts(Word word) throws FilterSyntaxException {
        switch (word.text()) {
            case "", "any", "all", "default" -> {
                return List.of();
            }
            default -> {}
        }
        Prefix prefix = prefix(word.text());
        List<Prefix> hosts = prefix == null ? named(word.text()) : ofFamily(List.of(prefix));
        if (hosts.isEmpty()) {
            throw lexer.mistake(
                    word,
                    "an " + (family == null ? "" : family.label() + ' ')
                            + "address, a network such as 10.0.0.0/8, or the name of a known host");
        }
        return hosts;
    }

    private List<Prefix> named(String name) {
        if (!isHostName(name)) {
            return List.of();
        }
        List<Prefix> found = new ArrayList<>();
        for (IpAddress address : lookup.addresses(name)) {
            found.add(Prefix.of(address, bits(address)));
        }
        return ofFamily(found);
    }

    private List<Prefix> ofFamily(List<Prefix> hosts) {
        List<Prefix> fitting = new ArrayList<>();
        for (Prefix host : hosts) {
            if (family == null || host.network().family() == family) {
                fitting.add(host);
            }
        }
        return List.copyOf(fitting);
    }

    /** Keeps what cannot be a name from the resolver. */
    private static boolean isHostName(String text) {
        boolean letters = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && (c < '0' || c > '9') && "-_.".indexOf(c) < 0) {
                return false;
            }
            letters |= letter;
        }
        return letters && text.length() < 256;
    }

    private static @Nullable Prefix prefix(String text) {
        int slash = text.indexOf('/');
        IpAddress network = AddressText.parse(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            return null;
        }
        long bits = slash < 0 ? bits(network) : length(text.substring(slash + 1));
        return bits < 0 || bits > bits(network) ? null : Prefix.of(network, (int) bits);
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
}
