package lastack.remedy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lastack.filter.Filter;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.Namespace;
import lastack.testkit.Situation;

/**
 * One use of {@link Remover} on one socket, as a program would: list it, plan, and, after something has happened meanwhile,
 * carry the plan out.
 *
 * @param namespace where
 * @param filter which sockets are asked for; it must be one
 * @param options how
 * @param meanwhile what happens between plan and execution
 */
record Attempt(Namespace namespace, String filter, RemovalOptions options, Runnable meanwhile) {
    private static final RemovalOptions PATIENT =
            new RemovalOptions(Optional.empty(), false, false, Duration.ofSeconds(5), false, false);

    /** Ends as soon as the socket is gone, or after five seconds. */
    static Attempt by(Method method, Situation situation) {
        return at(situation).with(PATIENT.by(method));
    }

    /** The same by the gentlest method that fits. */
    static Attempt at(Situation situation) {
        String exactly = "cookie = " + situation.id().cookieHex();
        return new Attempt(situation.namespace(), exactly, PATIENT, () -> {});
    }

    /** For a socket that is expected to be still there. */
    Attempt waiting(Duration patience) {
        return with(new RemovalOptions(
                options.by(),
                options.freeDescriptor(),
                options.escalate(),
                patience,
                options.listeners(),
                options.mySession()));
    }

    Attempt allowingListeners() {
        return with(new RemovalOptions(
                options.by(),
                options.freeDescriptor(),
                options.escalate(),
                options.patience(),
                true,
                options.mySession()));
    }

    Attempt freeingTheDescriptor() {
        return with(new RemovalOptions(
                options.by(), true, options.escalate(), options.patience(), options.listeners(), options.mySession()));
    }

    Attempt escalating() {
        return with(new RemovalOptions(
                options.by(),
                options.freeDescriptor(),
                true,
                options.patience(),
                options.listeners(),
                options.mySession()));
    }

    Attempt with(RemovalOptions other) {
        return new Attempt(namespace, filter, other, meanwhile);
    }

    Attempt filteredBy(String other) {
        return new Attempt(namespace, other, options, meanwhile);
    }

    Attempt meanwhile(Runnable event) {
        return new Attempt(namespace, filter, options, event);
    }

    /** What came of it. */
    Result result() throws Exception {
        return only(namespace.call(this::execute));
    }

    private List<Result> execute() throws Exception {
        Filter wanted = Filter.parse(filter);
        List<Result> results = new ArrayList<>();
        try (SocketTable table = SocketTable.open()) {
            Remover remover = Remover.of(table, wanted, options);
            Plan plan = remover.plan(table.snapshot(Query.of(wanted)).sockets());
            meanwhile.run();
            remover.execute(plan, results::add);
        }
        return results;
    }

    /** What would come of it, as far as can be told without touching anything. */
    Result preview() throws Exception {
        return only(namespace.call(() -> {
            Filter wanted = Filter.parse(filter);
            try (SocketTable table = SocketTable.open()) {
                Remover remover = Remover.of(table, wanted, options);
                return remover.plan(table.snapshot(Query.of(wanted)).sockets()).preview();
            }
        }));
    }

    private Result only(List<Result> results) {
        if (results.size() != 1) {
            throw new AssertionError("one result was expected for " + filter + ": " + results);
        }
        return results.getFirst();
    }
}
