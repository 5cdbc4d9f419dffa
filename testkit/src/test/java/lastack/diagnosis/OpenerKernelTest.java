package lastack.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import lastack.filter.Filter;
import lastack.model.TcpSocket;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernel's counts against what was really done: the subject was accepted, its peer connected. */
final class OpenerKernelTest {
    enum Traffic {
        NONE {
            @Override
            void pass(Situation situation) {}
        },
        BOTH_WAYS {
            @Override
            void pass(Situation situation) {
                situation.holder().send(1_000);
                situation.peer().send(3_000);
                situation.peer().look(1_000);
            }
        },
        UNREAD_AND_QUEUED {
            @Override
            void pass(Situation situation) {
                situation.holder().fill();
                situation.peer().fill();
            }
        },
        REPEATED {
            @Override
            void pass(Situation situation) {
                situation.peer().drop();
                situation.holder().send(500);
                pause();
                situation.peer().undrop();
                situation.peer().look(2_000);
            }
        },
        CLOSED_BY_THE_PEER {
            @Override
            void pass(Situation situation) {
                situation.peer().send(10);
                situation.peer().finish();
            }
        };

        abstract void pass(Situation situation);

        private static void pause() {
            try {
                Thread.sleep(700);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Traffic.class)
    void tellsWhichEndAskedForTheConnection(Traffic traffic) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation situation = tcp.established();

            traffic.pass(situation);

            assertThat(opener(tcp.here(), situation.holder())).isEqualTo(Opener.OTHER_END);
            if (traffic != Traffic.CLOSED_BY_THE_PEER) {
                assertThat(opener(tcp.here(), situation.peer())).isEqualTo(Opener.THIS_END);
            }
        }
    }

    private static Opener opener(Namespace namespace, ActorSocket socket) throws Exception {
        String cookie = "cookie = " + Long.toHexString(socket.cookie());
        TcpSocket seen = namespace.call(() -> {
            try (SocketTable table = SocketTable.open()) {
                return table.snapshot(Query.of(Filter.parse(cookie)).withDetails())
                        .sockets()
                        .getFirst();
            }
        });
        return Opener.of(seen);
    }
}
