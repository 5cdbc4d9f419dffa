package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import lastack.model.TcpState;
import lastack.testkit.Namespace;
import lastack.testkit.Recipe;
import lastack.testkit.Sight;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code close --by reset} as a user runs it. */
final class ResetIT {
    /** Without CAP_NET_ADMIN neither SOCK_DESTROY nor TCP_REPAIR is allowed: only the packets are left. */
    private static final String[] BY_PACKETS_ONLY = {
        Program.SETPRIV.path(), "--bounding-set=-net_admin", "--inh-caps=-net_admin"
    };

    @Test
    void resetsAnNcInCloseWaitByPacketsOnly() throws Exception {
        try (Namespace namespace = Namespace.open();
                Server nc = Server.nc(namespace, 7411)) {
            nc.loseAClientWhileStopped();

            Run run = Launcher.in(namespace)
                    .behind(BY_PACKETS_ONLY)
                    .run("close", "--by", "reset", "--yes", "state", "close-wait");

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("removed", "reset at the number it told");
            assertThat(namespace.tcp().list()).noneMatch(socket -> socket.state() == TcpState.CLOSE_WAIT);
        }
    }

    @Test
    void resetsATimeWaitSoThatThePortIsFreeAtOnce() throws Exception {
        try (Namespace namespace = Namespace.open()) {
            Leftover.timeWait(namespace, 7412, false);

            Run run = Launcher.in(namespace)
                    .behind(BY_PACKETS_ONLY)
                    .run("close", "--by", "reset", "--yes", "state", "time-wait");

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("1 matched, 1 removed");
            assertThat(namespace.tcp().list()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"V4_VETH", "V6_VETH"})
    void resetsThePeerToo(Wire wire) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(wire)) {
            Situation stuck = tcp.make(Recipe.CLOSE_WAIT);

            Run run = Launcher.in(tcp.here())
                    .run("close", "--by", "reset", "--both-ends", "--yes", "state", "close-wait");

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(stuck.peer().look(5_000)).isEqualTo(Sight.RESET);
            assertThat(stuck.now()).isEmpty();
        }
    }
}
