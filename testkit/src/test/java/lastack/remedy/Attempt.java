package lastack.remedy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private static final RemovalOptions PATIENT = RemovalOptions.GENTLE.waiting(Duration.ofSeconds(5));

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
        return with(options.waiting(patience));
    }

    Attempt allowingListeners() {
        return with(options.touchingListeners());
    }

    Attempt freeingTheDescriptor() {
        return with(options.freeingDescriptor());
    }

    Attempt escalating() {
        return with(options.escalating());
    }

    Attempt persisting() {
        return with(options.persisting());
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
