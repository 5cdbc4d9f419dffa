package lastack.filter;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lastack.model.Family;
import lastack.model.IpAddress;

/**
 * Makes random filters that ss accepts, as command line words, to compare its answers with ours.
 *
 * <p>It keeps away from where ss deviates from its manual: {@code and} after {@code or} gets parentheses, {@code autobound}
 * (which ss also asks the kernel about) does not occur, nor do networks of zeros (which ss compares across families under
 * {@code not}).
 */
public final class ExpressionGenerator {
    private static final String[] EQUAL = {"=", "==", "eq", ""};
    private static final String[] NOT_EQUAL = {"!=", "ne", "neq"};
    private static final String[] ORDER = {"<", "lt", "<=", "le", "leq", ">", "gt", ">=", "ge", "geq"};
    private static final String[] AND = {"and", "&", "&&", ""};
    private static final String[] OR = {"or", "|", "||"};
    private static final String[] NOT = {"not", "!"};
    private static final String[] STATES = {
        "established",
        "ESTABLISHED",
        "syn-sent",
        "syn-recv",
        "fin-wait-1",
        "fin-wait-2",
        "time-wait",
        "Close-Wait",
        "last-ack",
        "listening",
        "closing",
        "closed",
        "unconnected"
    };
    private static final String[] GROUPS = {"all", "connected", "synchronized", "bucket", "big"};

    private final Random random;
    private final List<String> addresses;
    private final List<Integer> ports;
    private final List<String> devices;
    private final List<Integer> marks;

    /**
     * Takes what the expressions are to ask for.
     *
     * @param addresses IPv4 and IPv6, as text; {@code 0.0.0.0} and {@code ::} are left out
     * @param devices may be empty, then there is no {@code dev}
     * @param marks may be empty, then there is no {@code fwmark}; ss needs CAP_NET_ADMIN for it
     */
    public ExpressionGenerator(
            long seed, List<String> addresses, List<Integer> ports, List<String> devices, List<Integer> marks) {
        this.random = new Random(seed);
        this.addresses = new ArrayList<>(addresses);
        this.addresses.removeIf(address -> zeros(address, bits(address)));
        this.ports = List.copyOf(ports);
        this.devices = List.copyOf(devices);
        this.marks = List.copyOf(marks);
    }

    /** So many filters, each as words. */
    public List<List<String>> filters(int count) {
        List<List<String>> filters = new ArrayList<>();
        while (filters.size() < count) {
            filters.add(filter());
        }
        return filters;
    }

    /** One filter; never without any word. */
    public List<String> filter() {
        List<String> words = new ArrayList<>();
        boolean states = chance(3);
        if (states) {
            states(words);
        }
        if (!states || !chance(4)) {
            words.addAll(glued(chance(12) ? ofOneFamily() : expression(3)));
        }
        return words;
    }

    /** States stay words of their own, for ss wants that. */
    private void states(List<String> words) {
        boolean adds = random.nextBoolean();
        for (int i = 0; i <= random.nextInt(2); i++) {
            words.add(adds ? "state" : pick("exclude", "excl"));
            words.add(adds && chance(2) ? pick(GROUPS) : pick(STATES));
        }
    }

    private List<String> expression(int depth) {
        if (depth <= 0 || chance(3)) {
            return predicate();
        }
        return switch (random.nextInt(3)) {
            case 0 -> not(depth);
            case 1 -> and(depth);
            default -> or(depth);
        };
    }

    private List<String> not(int depth) {
        List<String> words = new ArrayList<>(List.of(pick(NOT)));
        words.addAll(operand(depth - 1));
        return words;
    }

    private List<String> and(int depth) {
        return joined(new ArrayList<>(operand(depth - 1)), AND, depth);
    }

    private List<String> or(int depth) {
        return joined(new ArrayList<>(chance(3) ? and(depth - 1) : operand(depth - 1)), OR, depth);
    }

    private List<String> joined(List<String> words, String[] operators, int depth) {
        for (int i = 0; i <= random.nextInt(3); i++) {
            addAll(words, pick(operators));
            words.addAll(operand(depth - 1));
        }
        return words;
    }

    private List<String> operand(int depth) {
        if (depth <= 0 || chance(2)) {
            return predicate();
        }
        List<String> words = new ArrayList<>(List.of("("));
        words.addAll(expression(depth));
        words.add(")");
        return words;
    }

    private List<String> predicate() {
        List<String> words = new ArrayList<>(chance(8) ? List.of("!", "not") : List.of());
        int kind = random.nextInt(6);
        if (kind == 4 && !devices.isEmpty()) {
            addAll(words, "dev", equality(), pick(devices));
        } else if (kind == 5 && !marks.isEmpty()) {
            addAll(words, "fwmark", equality(), mark());
        } else if (kind % 2 == 0) {
            addAll(words, pick("src", "dst"), pick(EQUAL), host());
        } else {
            addAll(words, pick("sport", "dport"), chance(2) ? pick(ORDER) : equality(), pick("", ":") + port());
        }
        return words;
    }

    private String equality() {
        return chance(3) ? pick(NOT_EQUAL) : pick(EQUAL);
    }

    private String host() {
        return switch (random.nextInt(10)) {
            case 0 -> "*";
            case 1 -> pick("*:", ":") + port();
            case 2 -> pick("any", "all", "default") + pick("", ":" + port());
            default -> address(pick(addresses));
        };
    }

    private String address(String address) {
        boolean v6 = address.indexOf(':') >= 0;
        int whole = bits(address);
        int bits = chance(2) ? whole : whole - 8 * random.nextInt(4);
        boolean plain = (bits == whole && chance(2)) || zeros(address, bits);
        String network = plain ? address : address + '/' + bits;
        String port = pick("", ":" + port());
        return v6 ? '[' + network + ']' + port : network + port;
    }

    private static int bits(String address) {
        return address.indexOf(':') >= 0 ? 128 : 32;
    }

    private static boolean zeros(String text, int bits) {
        IpAddress address = requireNonNull(AddressText.parse(text));
        IpAddress zero = address.family() == Family.INET ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
        return address.sharesPrefix(zero, bits);
    }

    private String port() {
        int port = pick(ports) + (chance(4) ? random.nextInt(3) - 1 : 0);
        return chance(10) ? "0x" + Integer.toHexString(port) : Integer.toString(port);
    }

    private String mark() {
        String mark = chance(2) ? "0x" + Integer.toHexString(pick(marks)) : Integer.toString(pick(marks));
        return mark + pick("", "/0xff", "/" + pick(marks));
    }

    /** A family named holds for the whole filter in ss, so it stands alone. */
    private List<String> ofOneFamily() {
        String address = pick(addresses);
        boolean v6 = address.indexOf(':') >= 0;
        String host = chance(3) ? "*" : address(address);
        return List.of(pick("src", "dst"), (v6 ? "inet6:" : "inet:") + host);
    }

    /** Puts some neighbours into one argument, as quoting does. */
    private List<String> glued(List<String> words) {
        if (chance(3)) {
            return List.of(String.join(pick(" ", "\t", "  "), words));
        }
        List<String> glued = new ArrayList<>();
        for (String word : words) {
            if (!glued.isEmpty() && chance(4)) {
                glued.set(glued.size() - 1, glued.getLast() + ' ' + word);
            } else {
                glued.add(word);
            }
        }
        return glued;
    }

    /** Nothing stands for an operator that is left out. */
    private static void addAll(List<String> words, String... more) {
        for (String word : more) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
