package lastack.filter;

import java.io.IOException;
import java.util.Optional;
import lastack.filter.Condition.About;
import lastack.filter.Condition.HeldBy;
import lastack.filter.Condition.Not;
import lastack.filter.SocketTest.Flag;
import lastack.filter.SocketTest.Numbered;
import lastack.model.Durations;
import lastack.model.Family;
import org.jspecify.annotations.Nullable;

/** Reads one predicate: its name, mostly an operator, and a value. Without an operator {@code =} is meant. */
final class PredicateParser {
    private static final long HIGHEST_32_BITS = 0xFFFF_FFFFL;
    private static final int LONGEST_AGE = "99999999999d".length();

    private final Lexer lexer;
    private final Lookup lookup;
    private final HostParser hosts;
    private final boolean forwarded;

    PredicateParser(Lexer lexer, Lookup lookup, boolean forwarded) {
        this.lexer = lexer;
        this.lookup = lookup;
        this.forwarded = forwarded;
        this.hosts = new HostParser(lexer, lookup);
    }

    /** The family the whole filter is limited to, or null. */
    @Nullable
    Family family() {
        return hosts.family();
    }

    /** The predicate that begins with this word. */
    Condition parse(Word name) throws FilterSyntaxException {
        if (forwarded && !Vocabulary.isOfConnections(name.text())) {
            throw lexer.mistake(name, "what a router knows of a connection: " + Vocabulary.OF_CONNECTIONS);
        }
        return switch (name.text()) {
            case "autobound" -> autobound(name);
            case "orphan" -> new About(Flag.ORPHAN);
            case "unaccepted" -> new About(Flag.UNACCEPTED);
            case "v4mapped" -> new About(Flag.V4MAPPED);
            case "v6only" -> new About(Flag.V6ONLY);
            case "sport" -> port(SocketNumber.LOCAL_PORT);
            case "dport" -> port(SocketNumber.PEER_PORT);
            case "recvq" -> new About(new Numbered(SocketNumber.RECEIVE_QUEUE, comparison(), number("bytes")));
            case "sendq" -> new About(new Numbered(SocketNumber.SEND_QUEUE, comparison(), number("bytes")));
            case "inode" -> new About(new Numbered(SocketNumber.INODE, comparison(), number("an inode number")));
            case "age" -> new About(new SocketTest.Aged(comparison(), millis()));
            case "cookie" -> new About(new Numbered(SocketNumber.COOKIE, comparison(), cookie()));
            case "entered" -> entered(name);
            case "pid" -> pid();
            case "src", "dst", "dev", "on", "fwmark", "cgroup", "comm", "user", "netns", "container" -> equality(name);
            default -> throw unknown(name);
        };
    }

    private Condition equality(Word name) throws FilterSyntaxException {
        boolean negated = comparisonWithoutOrder(name.text()) == Comparison.NOT_EQUAL;
        Condition equal = switch (name.text()) {
            case "src" -> new About(hosts.host(Side.LOCAL, value("HOST[/LEN][:PORT]")));
            case "dst" -> new About(hosts.host(Side.PEER, value("HOST[/LEN][:PORT]")));
            case "dev" -> device();
            case "on" -> onInterface();
            case "fwmark" -> mark();
            case "cgroup" -> cgroup();
            case "comm" -> new HeldBy(new OwnerTest.Comm(glob()));
            case "user" -> user();
            case "netns" -> namespace();
            case "container" ->
                new HeldBy(new OwnerTest.Container(
                        freeValue("the beginning of a container's id").text()));
            default -> throw unknown(name);
        };
        return negated ? new Not(equal) : equal;
    }

    private Condition autobound(Word name) throws FilterSyntaxException {
        try {
            return new About(new SocketTest.LocalPortIn(lookup.localPorts()));
        } catch (IOException e) {
            throw lexer.mistake(name, "/proc/sys/net/ipv4/ip_local_port_range to be readable, but: " + e.getMessage());
        }
    }

    private Condition entered(Word name) throws FilterSyntaxException {
        Comparison comparison = comparison();
        long millis = millis();
        try {
            return new About(new SocketTest.Entered(comparison, millis, lookup.uptime()));
        } catch (IOException e) {
            throw lexer.mistake(name, "/proc/uptime to be readable, but: " + e.getMessage());
        }
    }

    private Condition port(SocketNumber end) throws FilterSyntaxException {
        Comparison comparison = comparison();
        Word word = value("a port");
        int port = hosts.port(word);
        if (port != HostParser.ANY_PORT) {
            return new About(new Numbered(end, comparison, port));
        }
        if (comparison.orders()) {
            throw lexer.mistake(word, "a port to compare with");
        }
        return new About(new Numbered(end, comparison == Comparison.EQUAL ? Comparison.AT_LEAST : Comparison.LESS, 0));
    }

    /** {@code pid != 5} is the opposite of {@code pid = 5}: no owner is 5. */
    private Condition pid() throws FilterSyntaxException {
        Comparison comparison = comparison();
        long value = number("a process number");
        return comparison == Comparison.NOT_EQUAL
                ? new Not(new HeldBy(new OwnerTest.Pid(Comparison.EQUAL, value)))
                : new HeldBy(new OwnerTest.Pid(comparison, value));
    }

    private Condition device() throws FilterSyntaxException {
        Word word = freeValue("the name or index of a network interface");
        return new About(new SocketTest.BoundToDevice(word.text(), index(word.text())));
    }

    private Condition onInterface() throws FilterSyntaxException {
        Word word = freeValue("the name of a network interface");
        LocalInterface device = lookup.device(word.text());
        if (device == null) {
            throw lexer.mistake(word, "a network interface that has an address; see: ip addr");
        }
        return new About(new SocketTest.OnInterface(device));
    }

    /** ss also takes {@code if7} for the interface with the index 7. */
    private static long index(String device) {
        return device.startsWith("if") ? Numeral.decimal(device.substring(2)) : Numeral.inC(device);
    }

    private Condition mark() throws FilterSyntaxException {
        Word word = value("MARK[/MASK]");
        int slash = word.text().indexOf('/');
        if (slash < 0) {
            return new About(new SocketTest.Marked(bits(word), -1));
        }
        return new About(new SocketTest.Marked(bits(word.part(0, slash)), bits(word.from(slash + 1))));
    }

    private int bits(Word word) throws FilterSyntaxException {
        long bits = Numeral.inC(word.text());
        if (bits < 0 || bits > HIGHEST_32_BITS) {
            throw lexer.mistake(word, "a number of 32 bits, such as 0x10");
        }
        return (int) bits;
    }

    private Condition cgroup() throws FilterSyntaxException {
        Word word = freeValue("the path of a cgroup");
        String path = lookup.cgroup(word.text());
        if (path == null) {
            throw lexer.mistake(word, "a cgroup that exists, by its path below the cgroup v2 mount");
        }
        return new About(new SocketTest.InCgroup(path));
    }

    private Glob glob() throws FilterSyntaxException {
        Word word = freeValue("the name of a program, or a pattern with * ? [a-z]");
        Glob glob = Glob.of(word.text());
        if (glob == null) {
            throw lexer.mistake(word, "a ] for every [");
        }
        return glob;
    }

    private Condition user() throws FilterSyntaxException {
        Word word = freeValue("a user's name or number");
        long number = Numeral.decimal(word.text());
        long uid = number >= 0 ? number : lookup.uid(word.text());
        if (uid < 0 || uid > HIGHEST_32_BITS) {
            throw lexer.mistake(word, "a user in /etc/passwd, or a user's number");
        }
        return new HeldBy(new OwnerTest.User(word.text(), (int) uid));
    }

    private long cookie() throws FilterSyntaxException {
        Word word = value("a cookie in hex");
        try {
            return Long.parseUnsignedLong(
                    word.text(),
                    word.text().startsWith("0x") ? 2 : 0,
                    word.text().length(),
                    16);
        } catch (NumberFormatException e) {
            throw lexer.mistake(word, "a cookie: 1 to 16 hex digits, as ss -e prints after sk:");
        }
    }

    private Condition namespace() throws FilterSyntaxException {
        Word word = freeValue("the name or inode of a network namespace");
        return new About(new SocketTest.InNamespace(word.text(), Numeral.decimal(word.text())));
    }

    private long number(String what) throws FilterSyntaxException {
        Word word = value(what);
        long number = Numeral.decimal(word.text());
        if (number < 0) {
            throw lexer.mistake(word, what + " in decimal digits");
        }
        return number;
    }

    private long millis() throws FilterSyntaxException {
        Word word = value("a time");
        Optional<Long> millis = tooLong(word.text()) ? Optional.empty() : Durations.parseMillis(word.text());
        if (millis.isEmpty()) {
            throw lexer.mistake(word, "a time with one of the units ms s m h d, such as 500ms 30s 5m 2h 1d");
        }
        return millis.get();
    }

    /** Eleven digits of days are the most whose milliseconds a long can count. */
    private static boolean tooLong(String text) {
        return text.length() > LONGEST_AGE;
    }

    private Comparison comparison() {
        Word operator = lexer.operator();
        Comparison comparison = operator == null ? null : Comparison.of(operator.text());
        return comparison == null ? Comparison.EQUAL : comparison;
    }

    private Comparison comparisonWithoutOrder(String name) throws FilterSyntaxException {
        Word operator = lexer.operator();
        Comparison comparison = operator == null ? null : Comparison.of(operator.text());
        if (operator == null || comparison == null) {
            return Comparison.EQUAL;
        }
        if (comparison.orders()) {
            boolean host = name.equals("src") || name.equals("dst");
            String ports = host ? "; ports are compared by " + name.charAt(0) + "port" : "";
            throw lexer.mistake(operator, "= or != after " + name + ports);
        }
        return comparison;
    }

    private Word value(String what) throws FilterSyntaxException {
        return notReserved(lexer.value(), what);
    }

    private Word freeValue(String what) throws FilterSyntaxException {
        return notReserved(lexer.freeValue(), what);
    }

    private Word notReserved(Word word, String what) throws FilterSyntaxException {
        if (word.isEmpty() || (!word.escaped() && Vocabulary.isReserved(word.text()))) {
            throw lexer.mistake(word, what);
        }
        return word;
    }

    private FilterSyntaxException unknown(Word name) {
        return lexer.mistake(name, "a predicate: " + Vocabulary.PREDICATES, Vocabulary.meant(name.text()));
    }
}
