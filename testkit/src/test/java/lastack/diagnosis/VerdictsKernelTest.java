package lastack.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import lastack.filter.Filter;
import lastack.model.TcpSocket;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import lastack.testkit.TcpSituations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every verdict against every real situation: the right one is found, and no false one. */
final class VerdictsKernelTest {
    /** Short, so that a test need not wait for five minutes. */
    private static final Thresholds SHORT = new Thresholds(300, 200, 50, 80);

    private static final int PATIENCE_MILLIS = 10_000;

    @ParameterizedTest
    @EnumSource(Plight.class)
    void saysWhatIsTheMatterAndNothingElse(Plight plight) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(plight.wire())) {
            Plight.Subject subject = plight.on(tcp);

            Diagnosis diagnosis = settled(subject);

            assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(plight.verdict());
            assertThat(diagnosis.certainty()).as(diagnosis.toString()).isEqualTo(plight.certainty());
            assertThat(diagnosis.also()).isEmpty();
            assertThat(diagnosis.evidence()).isNotEmpty();
            assertThat(diagnosis.summary()).isNotEmpty();
            assertThat(diagnosis.settledBy() == null).isEqualTo(diagnosis.certainty() == Certainty.CERTAIN);
        }
    }

    /** What is young, or needs a retransmission to show, takes a while. */
    private static Diagnosis settled(Plight.Subject subject) throws Exception {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        Thread.sleep(SHORT.idleMillis());
        Diagnosis diagnosis = diagnose(subject);
        while (isPassing(diagnosis) && System.nanoTime() < end) {
            Thread.sleep(100);
            diagnosis = diagnose(subject);
        }
        return diagnosis;
    }

    private static boolean isPassing(Diagnosis diagnosis) {
        TcpSocket socket = diagnosis.socket();
        boolean waitsForAnAnswer = diagnosis.verdict() == Verdict.HEALTHY && socket.sendQueue() > 0;
        return diagnosis.certainty() == Certainty.POSSIBLE || waitsForAnAnswer;
    }

    static Diagnosis diagnose(Plight.Subject subject) throws Exception {
        String cookie = Long.toHexString(subject.cookie());
        return subject.namespace().call(() -> {
            try (SocketTables tables = SocketTables.open("self")) {
                return new Investigation(tables, SHORT, Integer.MAX_VALUE)
                        .of(Query.of(Filter.parse("cookie = " + cookie)))
                        .diagnoses()
                        .getFirst();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Plight.class)
    void itsPageSaysThatItIsAsSure(Plight plight) throws IOException {
        String page =
                Files.readString(Path.of("../docs/verdicts/" + plight.verdict().id() + ".md"));

        String sure = page.substring(page.indexOf("\nHow sure: "), page.indexOf("\n## "));

        assertThat(sure.toLowerCase(Locale.ROOT)).contains(plight.certainty().label());
    }

    @Test
    void everyVerdictHasASituation() {
        Set<Verdict> madeElsewhere = Set.of(Verdict.FD_EXHAUSTION);
        List<Verdict> made = new ArrayList<>(madeElsewhere);
        for (Plight plight : Plight.values()) {
            made.add(plight.verdict());
        }

        assertThat(made).contains(Verdict.values());
    }

    /** Each of these holds of every socket its verdict is given to, however it came about. */
    @ParameterizedTest
    @EnumSource(
            value = Plight.class,
            names = {"AT_REST", "END_READ", "BUFFER_FULL", "QUEUE_FULL", "FIN_WAIT_2_HELD", "FEW_PORTS_AND_NONE_LEFT"})
    void saysNothingFalseOfTheOthersAround(Plight plight) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(plight.wire())) {
            plight.on(tcp);

            List<Diagnosis> all = tcp.here().call(() -> {
                try (SocketTables tables = SocketTables.open("self")) {
                    return Investigation.in(tables).of(Query.of(Filter.all())).diagnoses();
                }
            });

            assertThat(all)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(diagnosis -> assertThat(diagnosis).matches(holds(diagnosis.verdict())));
        }
    }

    private static Predicate<Diagnosis> holds(Verdict verdict) {
        return switch (verdict) {
            case EOF_NEVER_READ -> found -> found.socket().receiveQueue() == 1;
            case EOF_READ_NOT_CLOSED -> found -> found.socket().receiveQueue() == 0;
            case UNREAD_DATA -> found -> found.socket().receiveQueue() > 1;
            case UNACCEPTED -> found -> found.socket().unaccepted();
            case STALLED_READER -> found -> found.socket().receiveQueue() > 0;
            case STALLED_WRITER -> found -> found.socket().sendQueue() > 0;
            case ACCEPT_QUEUE_FULL ->
                found -> found.socket().receiveQueue() > found.socket().sendQueue();
            case DEAD_PEER_SUSPECTED, OWNER_HIDDEN, OWNER_STOPPED, IDLE_WITHOUT_KEEPALIVE, BLOCKS_BIND ->
                found -> false;
            default -> found -> true;
        };
    }
}
