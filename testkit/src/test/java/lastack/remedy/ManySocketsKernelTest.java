package lastack.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lastack.filter.Filter;
import lastack.model.TcpState;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.Crowd;
import lastack.testkit.Namespace;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.Test;

/** Many sockets at once, which are destroyed by one call, with something of its own about one of them. */
final class ManySocketsKernelTest {
    private interface Meanwhile {
        void happens() throws Exception;
    }

    private static List<Result> destroyed(Namespace namespace, String filter, Meanwhile meanwhile) throws Exception {
        return namespace.call(() -> {
            Filter wanted = Filter.parse(filter);
            List<Result> results = new ArrayList<>();
            try (SocketTable table = SocketTable.open()) {
                Remover remover = Remover.of(table, wanted, RemovalOptions.GENTLE.by(Method.DESTROY));
                Plan plan = remover.plan(table.snapshot(Query.of(wanted)).sockets());
                meanwhile.happens();
                remover.execute(plan, results::add);
            }
            return results;
        });
    }

    private static void destroy(Situation situation) throws Exception {
        try (SocketTable table = SocketTable.open()) {
            table.diag().destroy(situation.id());
        }
    }

    @Test
    void tellsOfATimeWaitThatWasGoneInTheMiddle() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            List<Situation> stuck = List.of(tcp.timeWait(), tcp.timeWait(), tcp.timeWait());

            List<Result> results = destroyed(tcp.here(), "state time-wait", () -> destroy(stuck.get(1)));

            assertThat(outcomes(results))
                    .containsEntry(stuck.get(0).id().cookie(), Outcome.REMOVED)
                    .containsEntry(stuck.get(1).id().cookie(), Outcome.ALREADY_GONE)
                    .containsEntry(stuck.get(2).id().cookie(), Outcome.REMOVED);
        }
    }

    private static Map<Long, Outcome> outcomes(List<Result> results) {
        return results.stream()
                .collect(Collectors.toMap(result -> result.socket().id().cookie(), Result::outcome));
    }

    @Test
    void leavesOneAloneThatDoesNotMatchAnyMore() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            List<Situation> stuck = List.of(tcp.closeWait(), tcp.closeWait(), tcp.closeWait());

            List<Result> results = destroyed(
                    tcp.here(),
                    "state close-wait recvq = 1",
                    () -> stuck.get(1).holder().look(0));

            assertThat(outcomes(results))
                    .containsEntry(stuck.get(0).id().cookie(), Outcome.REMOVED)
                    .containsEntry(stuck.get(1).id().cookie(), Outcome.SKIPPED)
                    .containsEntry(stuck.get(2).id().cookie(), Outcome.REMOVED);
            assertThat(stuck.get(1).holder().state()).isEqualTo(TcpState.CLOSE_WAIT);
        }
    }

    @Test
    void removesMoreThanGoIntoOneCallAndNoneTwice() throws Exception {
        try (Namespace namespace = Namespace.open();
                Crowd crowd = Crowd.of(namespace, 1_000)) {
            List<Result> results = destroyed(namespace, "state close-wait", () -> {});

            assertThat(outcomes(results)).hasSize(1_000).containsValues(Outcome.REMOVED);
            assertThat(results).allMatch(result -> result.outcome() == Outcome.REMOVED && !result.descriptorFreed());
            assertThat(crowd.count()).isZero();
        }
    }

    @Test
    void aPlanCanBeLimited() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            List<Situation> stuck = List.of(tcp.timeWait(), tcp.timeWait(), tcp.timeWait());

            int actionable = tcp.here().call(() -> {
                Filter wanted = Filter.parse("state time-wait");
                try (SocketTable table = SocketTable.open()) {
                    Plan plan = Remover.of(table, wanted, RemovalOptions.GENTLE)
                            .plan(table.snapshot(Query.of(wanted)).sockets());
                    assertThat(plan.actionable()).isEqualTo(stuck.size());
                    return plan.limitedTo(2).actionable();
                }
            });

            assertThat(actionable).isEqualTo(2);
        }
    }
}
