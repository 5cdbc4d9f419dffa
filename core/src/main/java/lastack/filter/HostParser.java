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
        Word rest = word.from(end + 1);
        if (rest.text().startsWith("/")) {
            return bracketedWithLength(side, word, end);
        }
        return new SocketTest.At(side, hosts(word.part(1, end)), barePort(rest));
    }

    /** {@code [fe80::]/10:80}, for which ss wants {@code [fe80::/10]:80}. */
    private SocketTest.At bracketedWithLength(Side side, Word word, int bracket) throws FilterSyntaxException {
        int colon = word.text().indexOf(':', bracket);
        int end = colon < 0 ? word.text().length() : colon;
        String network = word.text().substring(1, bracket) + word.text().substring(bracket + 1, end);
        Word host = new Word(network, word.start(), word.end());
        return new SocketTest.At(side, hosts(host), barePort(word.from(end)));
    }

    /** The last colon, unless a prefix length follows it. */
    private static int portColon(String text) {
        int colon = text.lastIndexOf(':');
        return colon > text.indexOf('/') ? colon : -1;
    }

    private boolean isBareV6(String text, int colon) {
        boolean oneColon = text.indexOf(':') == colon;
        if (oneColon || Prefix.parse(text) == null) {
            return false;
        }
        boolean splits = Prefix.parse(text.substring(0, colon)) != null && portNamed(text.substring(colon + 1)) >= 0;
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
        Prefix prefix = Prefix.parse(word.text());
        List<Prefix> hosts = prefix == null ? named(word.text()) : ofFamily(List.of(prefix));
        if (hosts.isEmpty()) {
            throw lexer.mistake(word, expectedHost());
        }
        return hosts;
    }

    private String expectedHost() {
        String example = family == Family.INET6 ? "fe80::/10" : "10.0.0.0/8";
        String address = family == null ? "an address" : "an " + family.label() + " address";
        return address + ", a network such as " + example + ", or the name of a known host";
    }

    private List<Prefix> named(String name) {
        if (!isHostName(name)) {
            return List.of();
        }
        List<Prefix> found = new ArrayList<>();
        for (IpAddress address : lookup.addresses(name)) {
            found.add(Prefix.of(address));
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
}
