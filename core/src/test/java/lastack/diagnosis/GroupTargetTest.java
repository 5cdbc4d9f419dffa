package lastack.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lastack.model.Age;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.NetNamespace;
import lastack.model.SocketId;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which words mean a group. */
final class GroupTargetTest {
    private static final Age AGE = new Age(5_000, Age.Source.LAST_ACK, Age.Bound.EXACT);

    private static TcpSocket socket(long cookie, TcpState state, @Nullable Age age) {
        Endpoint local = new Endpoint(IpAddress.v4(0x0A000005), 80);
        Endpoint peer = new Endpoint(IpAddress.v4(0x0A000009), 50_000 + (int) cookie);
        return new TcpSocket(
                new SocketId(Family.INET, local, peer, 0, cookie),
                state,
                state.number(),
                0,
                0,
                0,
                0,
                null,
                age,
                new NetNamespace(1, null),
                List.of(),
                TcpSocket.Details.NONE);
    }

    private static List<TcpSocket> sockets(TcpState state, @Nullable Age age, long... cookies) {
        List<TcpSocket> sockets = new ArrayList<>();
        for (long cookie : cookies) {
            sockets.add(socket(cookie, state, age));
        }
        return sockets;
    }

    private static long[] upTo(int count) {
        long[] cookies = new long[count];
        for (int i = 0; i < count; i++) {
            cookies[i] = 3L * i + 1;
        }
        return cookies;
    }

    private static GroupTarget target(Verdict verdict, List<TcpSocket> members, long... strangers) {
        Set<Long> circle = new HashSet<>();
        members.forEach(member -> circle.add(member.id().cookie()));
        for (long stranger : strangers) {
            circle.add(stranger);
        }
        return GroupTarget.of(verdict, Kin.of(members.getFirst(), true), members, circle, 100_000);
    }

    @Test
    void namesAFewByTheirCookies() {
        GroupTarget target =
                target(Verdict.EOF_NEVER_READ, sockets(TcpState.CLOSE_WAIT, AGE, 0x1001, 0x2001, 0x1002, 0x1003));

        assertThat(target.words()).isEqualTo("cookie ge 1001 cookie le 1003 or cookie = 2001");
        assertThat(target.caution()).isEmpty();
    }

    @Test
    void saysOfManyWhatTheyHaveInCommonAndSinceWhen() {
        GroupTarget target = target(Verdict.UNACCEPTED, sockets(TcpState.CLOSE_WAIT, AGE, upTo(9)));

        assertThat(target.words())
                .isEqualTo("state close-wait unaccepted dst 10.0.0.9 sport = :80 'entered <= 99950ms'");
        assertThat(target.caution()).isEqualTo("; what joins this group later is left out");
    }

    @Test
    void leavesOutWhoIsThereAndIsNoMember() {
        GroupTarget target = target(Verdict.UNACCEPTED, sockets(TcpState.CLOSE_WAIT, AGE, upTo(9)), 8, 100);

        assertThat(target.words()).endsWith(" '(' cookie ge 1 cookie le 7 or cookie ge a cookie le 19 ')'");
    }

    @Test
    void namesManyWhoseAgeIsUnknownByTheirCookiesToo() {
        GroupTarget target = target(Verdict.PEER_NEVER_CLOSED, sockets(TcpState.FIN_WAIT_2, null, upTo(9)));

        assertThat(target.words()).startsWith("cookie = 1 or cookie = 4 or ").endsWith(" or cookie = 19");
    }

    @Test
    void namesManyOfAVerdictThatNoFilterTellsByTheirCookies() {
        GroupTarget target = target(Verdict.FIN_UNACKNOWLEDGED, sockets(TcpState.LAST_ACK, AGE, upTo(9)));

        assertThat(target.words()).startsWith("cookie = 1 or cookie = 4 or ").endsWith(" or cookie = 19");
    }

    @Test
    void namesTheOldestWhereACommandWouldBeTooLong() {
        GroupTarget target = target(Verdict.PEER_NEVER_CLOSED, sockets(TcpState.FIN_WAIT_2, null, upTo(1_200)));

        assertThat(target.words().split(" or ", -1)).hasSize(1_000);
        assertThat(target.caution()).isEqualTo("; only the 1000 oldest are meant, ask again for the rest");
    }
}
