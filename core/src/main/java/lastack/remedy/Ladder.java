package lastack.remedy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lastack.sockets.SocketTable;

/** The methods there are, and in which order to try them. */
final class Ladder implements AutoCloseable {
    private static final List<Method> AUTO = List.of(Method.SHUTDOWN, Method.DISCONNECT, Method.DESTROY, Method.RESET);

    private final Map<Method, Remedy> remedies = new EnumMap<>(Method.class);

    private final RemovalOptions options;
    private final Reset reset;
    private final List<Remedy> auto;

    Ladder(SocketTable table, OwnSession session, RemovalOptions options) {
        this.options = options;
        Remedy shutdown = add(new Shutdown());
        Remedy disconnect = add(new Disconnect());
        Remedy destroy = add(new Destroy(table.diag()));
        this.reset = new Reset(table, options);
        add(reset);
        add(new Vanish());
        add(new Park(List.of(shutdown, disconnect, destroy)));
        add(new CloseDescriptor());
        add(Signal.term(session));
        add(Signal.kill(session));
        this.auto = AUTO.stream().map(this::remedy).toList();
    }

    private Remedy add(Remedy remedy) {
        remedies.put(remedy.method(), remedy);
        return remedy;
    }

    /** The methods to try on one socket, in this order. */
    List<Remedy> rungs(Target target) {
        List<Remedy> first = first(target);
        return options.escalate() || options.persistent() ? goingOn(first) : first;
    }

    private List<Remedy> goingOn(List<Remedy> first) {
        List<Remedy> rungs = new ArrayList<>(first);
        if (options.escalate()) {
            harsher(rungs.getLast().method()).forEach(method -> rungs.add(remedy(method)));
        } else if (options.persistent() && options.by().isEmpty()) {
            harsher(rungs.getLast().method()).stream()
                    .filter(method -> method != Method.TERM && method != Method.KILL)
                    .forEach(method -> rungs.add(remedy(method)));
        }
        return rungs;
    }

    /** What may follow; once the descriptor is gone, what is left of the connection has no owner, but still a cookie. */
    private static List<Method> harsher(Method tried) {
        return switch (tried) {
            case SHUTDOWN -> List.of(Method.DISCONNECT, Method.DESTROY, Method.RESET, Method.TERM, Method.KILL);
            case DISCONNECT, VANISH, PARK, FD -> List.of(Method.DESTROY, Method.RESET, Method.TERM, Method.KILL);
            case DESTROY -> List.of(Method.RESET, Method.TERM, Method.KILL);
            case RESET -> List.of(Method.TERM, Method.KILL);
            case TERM -> List.of(Method.KILL, Method.DESTROY);
            case KILL -> List.of(Method.DESTROY);
        };
    }

    private List<Remedy> first(Target target) {
        boolean park = options.freeDescriptor() && !target.owners().isEmpty();
        if (options.by().isPresent()) {
            Remedy chosen = remedy(options.by().get());
            boolean keepsDescriptor = chosen.method().compareTo(Method.PARK) < 0;
            return List.of(park && keepsDescriptor ? new Park(List.of(chosen)) : chosen);
        }
        return park ? List.of(remedy(Method.PARK)) : auto;
    }

    private Remedy remedy(Method method) {
        return Objects.requireNonNull(remedies.get(method));
    }

    /** Lets go of what the methods keep open from one socket to the next. */
    @Override
    public void close() {
        reset.close();
    }
}
