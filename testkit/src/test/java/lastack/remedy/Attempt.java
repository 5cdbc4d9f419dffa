package lastack.remedy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lastack.filter.Filter;
import lastack.model.TcpSocket;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.Situation;

/**
 * One use of {@link Remover} on one socket, as a program would: list it, plan, and, after something has happened meanwhile,
 * carry the plan out.
 *
 * @param situation the socket, and the namespace to work in
 * @param filter which sockets are asked for; the situation's must be the only one
 * @param options how
 * @param seenAs what the plan is made for instead of the socket as it was listed
 * @param meanwhile what happens between plan and execution
 */
record Attempt(
        Situation situation,
        String filter,
        RemovalOptions options,
        UnaryOperator<TcpSocket> seenAs,
        Runnable meanwhile) {
    private static final RemovalOptions PATIENT =
            new RemovalOptions(Optional.empty(), false, false, Duration.ofSeconds(5), false, false);

    /** An attempt that ends as soon as the socket is gone, or after five seconds. */
    static Attempt by(Method method, Situation situation) {
        String exactly = "cookie = " + situation.id().cookieHex();
        return new Attempt(situation, exactly, PATIENT.by(method), socket -> socket, () -> {});
    }

    /** The same for one that is expected to be still there. */
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

    Attempt with(RemovalOptions other) {
        return new Attempt(situation, filter, other, seenAs, meanwhile);
    }

    Attempt filteredBy(String other) {
        return new Attempt(situation, other, options, seenAs, meanwhile);
    }

    Attempt seenAs(UnaryOperator<TcpSocket> other) {
        return new Attempt(situation, filter, options, other, meanwhile);
    }

    Attempt meanwhile(Runnable event) {
        return new Attempt(situation, filter, options, seenAs, event);
    }

    /** What came of it. */
    Result result() throws Exception {
        return situation.namespace().call(this::resultInside);
    }

    private Result resultInside() throws Exception {
        Filter wanted = Filter.parse(filter);
        List<Result> results = new ArrayList<>();
        try (SocketTable table = SocketTable.open();
                Remover remover = Remover.open(table, wanted, options)) {
            List<TcpSocket> sockets = table.snapshot(Query.of(wanted)).sockets();
            Plan plan = remover.plan(sockets.stream().map(seenAs).toList());
            meanwhile.run();
            remover.execute(plan, results::add);
        }
        if (results.size() != 1) {
            throw new AssertionError("one result was expected for " + filter + ": " + results);
        }
        return results.getFirst();
    }
}
