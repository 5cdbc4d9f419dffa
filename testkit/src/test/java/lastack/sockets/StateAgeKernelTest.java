package lastack.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.function.Supplier;
import lastack.filter.Filter;
import lastack.model.Age;
import lastack.model.Age.Bound;
import lastack.model.Age.Source;
import lastack.model.TcpState;
import lastack.testkit.Recipe;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ages from one look, against the clock on the wall. */
final class StateAgeKernelTest {
    private static final long WAIT_MILLIS = 300;

    /** A tick is up to 10 ms, and timers of more than a few seconds are rounded to coarser steps. */
    private static final long TOLERANCE_MILLIS = 30;

    private final TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);

    @AfterEach
    void close() {
        tcp.close();
    }

    /** The age, after it was made sure that it is neither less than since the change nor more than since before it. */
    private static Age agedByTheWall(Supplier<Situation> change) throws Exception {
        return agedByTheWall(WAIT_MILLIS, change);
    }

    private static Age agedByTheWall(long waitMillis, Supplier<Situation> change) throws Exception {
        long before = System.nanoTime();
        Situation situation = change.get();
        long after = System.nanoTime();
        Thread.sleep(waitMillis);
        long least = (System.nanoTime() - after) / 1_000_000;
        Age age = age(situation);
        long most = (System.nanoTime() - before) / 1_000_000;
        assertThat(age.millis()).isBetween(least - TOLERANCE_MILLIS, most + TOLERANCE_MILLIS);
        return age;
    }

    private static Age age(Situation situation) throws Exception {
        Query query = Query.of(Filter.parse("cookie = " + situation.id().cookieHex()));
        return situation.namespace().call(() -> {
            try (SocketTable table = SocketTable.open()) {
                return Objects.requireNonNull(table.snapshot(query.withoutOwners())
                        .sockets()
                        .getFirst()
                        .age());
            }
        });
    }

    @Test
    void knowsHowLongItIsInCloseWait() throws Exception {
        Situation calm = tcp.established();

        Age age = agedByTheWall(() -> {
            calm.peer().finish();
            return calm;
        });

        assertThat(age.source()).isEqualTo(Source.LAST_ACK);
        assertThat(age.bound()).isEqualTo(Bound.EXACT);
    }

    @Test
    void knowsHowLongItIsInTimeWait() throws Exception {
        Age age = agedByTheWall(tcp::timeWait);

        assertThat(age.source()).isEqualTo(Source.TIMER);
        assertThat(age.bound()).isEqualTo(Bound.EXACT);
    }

    @Test
    void knowsHowLongItIsInFinWait2WhileItIsHeld() throws Exception {
        Situation calm = tcp.established();

        Age age = agedByTheWall(() -> {
            calm.holder().finish();
            return calm;
        });

        assertThat(age.source()).isEqualTo(Source.LAST_ACK);
    }

    @Test
    void knowsALowerBoundOfAFinThatIsNotHeard() throws Exception {
        long before = System.nanoTime();
        Situation stuck = tcp.make(Recipe.LAST_ACK);
        stuck.peer().drop();
        Thread.sleep(WAIT_MILLIS);

        Age age = age(stuck);

        long most = (System.nanoTime() - before) / 1_000_000;
        assertThat(stuck.now().orElseThrow().state()).isEqualTo(TcpState.LAST_ACK);
        assertThat(age.source()).isEqualTo(Source.BACKOFF);
        assertThat(age.bound()).isEqualTo(Bound.AT_LEAST);
        assertThat(age.millis()).isLessThanOrEqualTo(most + TOLERANCE_MILLIS);
    }
}
