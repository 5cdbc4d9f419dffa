package lastack.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import lastack.filter.Known;
import lastack.model.Age;
import lastack.model.NetNamespace;
import lastack.model.SocketId;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One socket after the other, as the tracepoint tells of them. */
final class LivesTest {
    private static final long SECOND = 1_000_000_000;
    private static final int ESTABLISHED = 1;
    private static final int SYN_SENT = 2;
    private static final int FIN_WAIT_2 = 5;
    private static final int CLOSE = 7;
    private static final int CLOSE_WAIT = 8;
    private static final int LAST_ACK = 9;

    private final Lives lives = new Lives(new Census(0));

    private @Nullable Step follow(Samples socket, long seconds, int from, int to) {
        return lives.follow(socket.at(seconds * SECOND).change(from, to));
    }

    private static TcpSocket found(Step step, TcpState state, long inode) {
        Life life = step.life();
        SocketId id =
                new SocketId(life.family(), life.ends().local(), life.ends().peer(), 0, 0x1001);
        return new TcpSocket(
                id,
                state,
                state.number(),
                0,
                0,
                0,
                inode,
                null,
                null,
                new NetNamespace(1, "blue"),
                List.of(),
                TcpSocket.Details.NONE);
    }

    @Test
    void saysHowLongItStayedInTheStateItLeft() {
        Samples socket = Samples.of(1);
        follow(socket, 1, CLOSE, SYN_SENT);
        follow(socket, 2, SYN_SENT, ESTABLISHED);

        Step step = Objects.requireNonNull(follow(socket, 9, ESTABLISHED, CLOSE_WAIT));

        assertThat(step.stayed()).isEqualTo(new Age(7_000, Age.Source.EVENT, Age.Bound.EXACT));
    }

    @Test
    void doesNotKnowHowLongBeforeTheFirstChange() {
        Step step = Objects.requireNonNull(follow(Samples.of(1), 9, ESTABLISHED, CLOSE_WAIT));

        assertThat(step.stayed()).isNull();
        assertThat(step.known()).isEqualTo(Known.ENDS);
    }

    @Test
    void ignoresWhatIsNoChange() {
        assertThat(follow(Samples.of(1), 9, FIN_WAIT_2, FIN_WAIT_2)).isNull();
    }

    @Test
    void takesAnAddressThatIsUsedAgainForAnotherSocket() {
        Samples socket = Samples.of(1);
        Step first = Objects.requireNonNull(follow(socket, 1, CLOSE, SYN_SENT));
        lives.identify(first.life(), found(first, TcpState.SYN_SENT, 5), SECOND);
        follow(socket, 2, SYN_SENT, CLOSE);

        Step second = Objects.requireNonNull(follow(socket, 3, CLOSE, SYN_SENT));

        assertThat(second.known()).isEqualTo(Known.ENDS);
    }

    /** Its change to CLOSE-WAIT was lost, or it is another socket: either way what was known is not sure any more. */
    @Test
    void knowsNothingMoreAfterAChangeWasLost() {
        Samples socket = Samples.of(1);
        Step first = Objects.requireNonNull(follow(socket, 1, CLOSE, SYN_SENT));
        lives.identify(first.life(), found(first, TcpState.SYN_SENT, 5), SECOND);

        Step later = Objects.requireNonNull(follow(socket, 9, CLOSE_WAIT, LAST_ACK));

        assertThat(later.known()).isEqualTo(Known.ENDS);
        assertThat(later.stayed()).isNull();
    }

    @Test
    void givesUpAnIdentityFoundAfterTheEnd() {
        Samples socket = Samples.of(1);
        Step step = Objects.requireNonNull(follow(socket, 1, CLOSE, SYN_SENT));
        lives.identify(step.life(), found(step, TcpState.SYN_SENT, 5), 3 * SECOND);

        lives.foresee(socket.at(2 * SECOND).change(SYN_SENT, CLOSE));

        assertThat(step.known()).isEqualTo(Known.ENDS);
    }

    @Test
    void keepsAnIdentityFoundBeforeTheEnd() {
        Samples socket = Samples.of(1);
        Step step = Objects.requireNonNull(follow(socket, 1, CLOSE, SYN_SENT));
        lives.identify(step.life(), found(step, TcpState.SYN_SENT, 5), SECOND);

        lives.foresee(socket.at(2 * SECOND).change(SYN_SENT, CLOSE));

        assertThat(step.known()).isEqualTo(Known.OWNERS);
    }

    @Test
    void doesNotSayWhoHeldItWhenItWasFoundClosed() {
        Samples socket = Samples.of(1);
        Step connected = Objects.requireNonNull(follow(socket, 1, SYN_SENT, ESTABLISHED));
        follow(socket, 2, ESTABLISHED, 4);
        lives.identify(connected.life(), found(connected, TcpState.FIN_WAIT_1, 0), 3 * SECOND);

        assertThat(connected.known()).isEqualTo(Known.PLACE);
        assertThat(connected.socket().netns().name()).isEqualTo("blue");
    }

    @Test
    void learnsTheLocalPortFromTheNextChange() {
        Step first = Objects.requireNonNull(follow(Samples.of(1).from(0), 1, CLOSE, SYN_SENT));

        follow(Samples.of(1), 2, SYN_SENT, ESTABLISHED);

        assertThat(first.socket().local().port()).isEqualTo(1000);
    }

    @Test
    void forgetsThoseThatChangedLongestAgo() {
        for (int i = 0; i < Lives.MOST + 10; i++) {
            follow(Samples.of(i), 1, CLOSE, SYN_SENT);
        }

        assertThat(lives.size()).isEqualTo(Lives.MOST);
        Step forgotten = Objects.requireNonNull(follow(Samples.of(0), 5, SYN_SENT, ESTABLISHED));
        assertThat(forgotten.stayed()).isNull();
        Step remembered = Objects.requireNonNull(follow(Samples.of(Lives.MOST), 5, SYN_SENT, ESTABLISHED));
        assertThat(remembered.stayed()).isNotNull();
    }
}
