package lastack.filter;

import java.util.List;
import lastack.model.Flow;
import lastack.model.ForwardedConnection;
import lastack.model.Narrowing;
import lastack.model.NetNamespace;
import lastack.model.SocketId;
import lastack.model.SocketView;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * Which sockets are meant: {@code [state S]... [exclude S]... [EXPRESSION]}, in the language of ss and with predicates of
 * lastack's own.
 *
 * <p>A condition that cannot be decided, such as {@code age > 5m} of a socket whose age is unknown, is neither true nor
 * false, and neither is its opposite: such a socket does not match either way.
 *
 * <p>What ss accepts means the same, except where ss itself deviates from its manual or guesses. {@code and} binds tighter
 * than {@code or}, as ss's manual says; ss since 4.19 goes from left to right. A port above 65535, an order without a port
 * ({@code dport > *}), trailing letters after a number or after {@code *}, and excluding every state are mistakes.
 * {@code autobound} looks at the port only; ss also asks the kernel whether the program chose it. Networks never match
 * addresses of the other family, v4-mapped ones excepted; ss forgets that when {@code not} or {@code dev} is used.
 */
public final class Filter {
    private static final NetNamespace NOWHERE = new NetNamespace(0, null);
    private static final Filter ALL = new Filter("", StateSet.ALL, false, null);

    private final String text;
    private final int states;
    private final boolean namesStates;
    private final @Nullable Condition condition;

    Filter(String text, int states, boolean namesStates, @Nullable Condition condition) {
        this.text = text;
        this.states = states;
        this.namesStates = namesStates;
        this.condition = condition;
    }

    /** The filter that every socket matches. */
    public static Filter all() {
        return ALL;
    }

    /** The filter in these command line arguments; how the words are spread over arguments makes no difference. */
    public static Filter parse(List<String> words) throws FilterSyntaxException {
        return parse(joined(words));
    }

    /** The filter in this text. */
    public static Filter parse(String text) throws FilterSyntaxException {
        return parse(text, new ThisHost());
    }

    /**
     * The filter in these arguments for connections that pass through a router, of which only {@code state}, {@code src}, {@code dst},
     * {@code sport} and {@code dport} can be asked; {@code src} is who opened the connection.
     */
    public static Filter parseForwarded(List<String> words) throws FilterSyntaxException {
        return new Parser(joined(words), new ThisHost(), true).parse();
    }

    static Filter parse(String text, Lookup lookup) throws FilterSyntaxException {
        return new Parser(text, lookup, false).parse();
    }

    /** A backslash at the end of an argument must not escape the blank put after it. */
    private static String joined(List<String> words) {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            text.append(text.isEmpty() ? "" : " ").append(word);
            if (endsInEscape(word)) {
                text.setLength(text.length() - 1);
            }
        }
        return text.toString();
    }

    private static boolean endsInEscape(String word) {
        int start = word.length();
        while (start > 0 && word.charAt(start - 1) == '\\') {
            start--;
        }
        return (word.length() - start) % 2 == 1;
    }

    /** Whether nothing was said at all: no state, no exclusion, no expression. */
    public boolean isEmpty() {
        return !namesStates && condition == null;
    }

    /**
     * Whether every socket matches whatever it is, as of {@code state all}, {@code src *} or {@code sport = :*}; not of
     * what only happens to hold for all, such as {@code pid > 0}.
     */
    public boolean restrictsNothing() {
        return wantsEveryKnownState() && (condition == null || alwaysHolds(condition));
    }

    private boolean wantsEveryKnownState() {
        for (TcpState state : TcpState.values()) {
            if (state != TcpState.UNKNOWN && (states & state.bit()) == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean alwaysHolds(Condition condition) {
        return switch (condition) {
            case Condition.All all -> all.parts().stream().allMatch(Filter::alwaysHolds);
            case Condition.Any any -> any.parts().stream().anyMatch(Filter::alwaysHolds);
            case Condition.About about -> alwaysHolds(about.test());
            case Condition.Not _, Condition.HeldBy _ -> false;
        };
    }

    private static boolean alwaysHolds(SocketTest test) {
        return switch (test) {
            case SocketTest.At at -> at.hosts().isEmpty() && at.port() < 0;
            case SocketTest.Numbered numbered -> numbered.comparison() == Comparison.AT_LEAST && numbered.value() == 0;
            default -> false;
        };
    }

    /**
     * The wanted states as {@code inet_diag}'s {@code idiag_states} takes them, bit {@code 1 << number} for each; where none
     * is named all 32 bits, so that states of later kernels are there too.
     */
    public int stateMask() {
        return states;
    }

    /** What of the expression the kernel can decide while it lists, or null; the rest, and the states, are still to be looked at. */
    public @Nullable Narrowing narrowing() {
        return condition == null ? null : Narrower.of(condition, false);
    }

    /** Whether {@code state} or {@code exclude} was said. */
    public boolean namesStates() {
        return namesStates;
    }

    /** The same for sockets in one state only. */
    public Filter inState(TcpState state) {
        return new Filter(text, states & state.bit(), true, condition);
    }

    /** Whether an answer can depend on the processes that hold a socket. */
    public boolean needsOwners() {
        return condition != null && condition.needs(Condition.Knowledge.OWNERS);
    }

    /** Whether an answer can depend on the cgroup a socket was made in. */
    public boolean needsCgroups() {
        return condition != null && condition.needs(Condition.Knowledge.CGROUPS);
    }

    /** Whether an answer can depend on a socket's age, and so become another while the socket stays as it is. */
    public boolean needsAge() {
        return condition != null && condition.needs(Condition.Knowledge.AGE);
    }

    /** The interface a {@code dev} names, which only sockets that are bound to it are on; null without one. */
    public @Nullable String boundDevice() {
        return condition == null ? null : boundDevice(condition);
    }

    private static @Nullable String boundDevice(Condition condition) {
        return switch (condition) {
            case Condition.All all -> firstDevice(all.parts());
            case Condition.Any any -> firstDevice(any.parts());
            case Condition.Not not -> boundDevice(not.part());
            case Condition.About about -> about.test() instanceof SocketTest.BoundToDevice dev ? dev.name() : null;
            case Condition.HeldBy _ -> null;
        };
    }

    private static @Nullable String firstDevice(List<Condition> parts) {
        for (Condition part : parts) {
            String device = boundDevice(part);
            if (device != null) {
                return device;
            }
        }
        return null;
    }

    /** Whether a socket with its owners is meant. */
    public boolean matches(SocketView withOwners) {
        return matches(withOwners, Known.OWNERS);
    }

    /**
     * Whether a socket may be meant once its owners are known; false only if it surely is not, whoever they are.
     *
     * <p>A socket without an inode has no owners, so of those nothing is left open.
     */
    public boolean couldMatch(SocketView withoutOwners) {
        return wantsState(withoutOwners) && couldMatchInAnyState(withoutOwners, Known.SOCKET);
    }

    /** Whether a socket is surely meant of which only so much is known. */
    public boolean matches(SocketView socket, Known known) {
        return wantsState(socket) && (condition == null || condition.of(socket, known) == Truth.YES);
    }

    /** Whether such a socket could be meant in some state, once the rest is known; false only if it surely is not. */
    public boolean couldMatchInAnyState(SocketView socket, Known known) {
        return condition == null || condition.of(socket, known) != Truth.NO;
    }

    /** Whether a connection that passes is meant; only for a filter of {@link #parseForwarded}. */
    public boolean matches(ForwardedConnection connection) {
        boolean wanted = !namesStates || (states & connection.state().filterBit()) != 0;
        return wanted && (condition == null || condition.of(asSocket(connection), Known.OWNERS) == Truth.YES);
    }

    /** The two ends as a socket of the client would show them, which is all such a filter asks for. */
    private static TcpSocket asSocket(ForwardedConnection connection) {
        Flow flow = connection.original();
        return new TcpSocket(
                new SocketId(connection.family(), flow.source(), flow.destination(), 0, 0),
                TcpState.UNKNOWN,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                NOWHERE,
                List.of(),
                TcpSocket.Details.NONE);
    }

    private boolean wantsState(SocketView socket) {
        return (states >>> socket.stateNumber() & 1) != 0;
    }

    /** The text it was read from. */
    @Override
    public String toString() {
        return text;
    }
}
