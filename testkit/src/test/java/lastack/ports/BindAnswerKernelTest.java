package lastack.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.concurrent.Callable;
import lastack.model.Family;
import lastack.model.TcpSocket;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bind says about a port, and whether the sockets that stand in its way are the ones that are named. */
final class BindAnswerKernelTest {
    private static final String IN_USE = "EADDRINUSE";

    private final Namespace namespace = Namespace.open();
    private final Actor program = Actor.in(namespace);

    @AfterEach
    void close() {
        program.close();
        namespace.close();
    }

    @Test
    void worksOnBothFamiliesOfAFreePort() throws Exception {
        assertThat(trials("8080"))
                .extracting(trial -> trial.at().toString(), BindAnswer::error, BindAnswer::errorWithReuse)
                .containsExactly(tuple("0.0.0.0:8080", null, null), tuple("[::]:8080", null, null));
    }

    @Test
    void leavesNothingBehind() throws Exception {
        trials("8080");

        assertThat(trials("8080")).allMatch(BindAnswer::works);
        assertThat(rivals("8080")).isEmpty();
    }

    @Test
    void failsAlsoWithReuseOverAListenerThatSetItToo() throws Exception {
        ActorSocket listener = program.socket(Family.INET);
        listener.reuseAddress();
        listener.bind("127.0.0.1", 8080);
        listener.listen(1);

        assertThat(trials("8080"))
                .allMatch(trial -> IN_USE.equals(trial.error()) && IN_USE.equals(trial.errorWithReuse()));
    }

    @Test
    void worksWithReuseOverATimeWait() throws Exception {
        ActorSocket listener = program.socket(Family.INET);
        listener.reuseAddress();
        listener.bind("127.0.0.1", 8080);
        listener.listen(1);
        ActorSocket client = program.socket(Family.INET);
        client.connect("127.0.0.1", 8080);
        ActorSocket accepted = listener.accept();
        accepted.finish();
        client.shutdownWrite();
        accepted.close();
        listener.close();

        assertThat(trials("8080")).allMatch(trial -> IN_USE.equals(trial.error()) && trial.errorWithReuse() == null);
        assertThat(rivals("8080")).extracting(Standing::of).containsExactly(Standing.LINGERING);
    }

    @Test
    void whatALivingProgramHasHalfClosedIsInUseAndLingersOnceThatHasLetGo() throws Exception {
        ActorSocket listener = program.socket(Family.INET);
        listener.bind("127.0.0.1", 8080);
        listener.listen(1);
        program.socket(Family.INET).connect("127.0.0.1", 8080);
        ActorSocket accepted = listener.accept();
        listener.close();

        accepted.finish();
        List<TcpSocket> held = rivals("8080");
        accepted.close();
        List<TcpSocket> left = rivals("8080");

        assertThat(held).extracting(Standing::of).containsExactly(Standing.IN_USE);
        assertThat(left).extracting(Standing::of).containsExactly(Standing.LINGERING);
        assertThat(LocalPort.parse("8080").rivals(Standing.IN_USE).matches(held.getFirst()))
                .isTrue();
    }

    @Test
    void readsTheSettingsOfTheNamespaceItIsIn() throws Exception {
        namespace.exec("sh", "-c", "echo 9000 >/proc/sys/net/ipv4/ip_unprivileged_port_start");

        PortSettings settings = in(PortSettings::read);

        assertThat(settings.firstUnprivileged()).isEqualTo(9000);
    }

    /** For each bound socket and each wanted address: bind fails exactly when the socket is named as a rival. */
    @ParameterizedTest
    @CsvSource({"4, 127.0.0.1", "4, 127.0.0.2", "4, 0.0.0.0", "6, ::1", "6, ::", "6, ::ffff:127.0.0.1"})
    void namesExactlyTheSocketsThatMakeBindFail(int family, String bound) throws Exception {
        program.socket(family == 4 ? Family.INET : Family.INET6).bind(bound, 8080);

        for (String wanted : List.of(
                "127.0.0.1:8080", "0.0.0.0:8080", "[::1]:8080", "[::]:8080", "[::ffff:127.0.0.1]:8080", "8080")) {
            boolean fails = !trials(wanted).stream().allMatch(BindAnswer::works);
            assertThat(rivals(wanted)).as("%s against %s", wanted, bound).hasSize(fails ? 1 : 0);
        }
    }

    @Test
    void saysThatAnAddressIsNotThere() throws Exception {
        assertThat(trials("10.9.9.9:8080")).extracting(BindAnswer::error).containsExactly("EADDRNOTAVAIL");
    }

    private List<BindAnswer> trials(String port) throws Exception {
        return in(LocalPort.parse(port)::tryToBind);
    }

    private List<TcpSocket> rivals(String port) throws Exception {
        try (SocketTable table = in(SocketTable::open)) {
            return table.snapshot(Query.of(LocalPort.parse(port).rivals())).sockets();
        }
    }

    private <T> T in(Callable<T> work) throws Exception {
        return namespace.call(work);
    }
}
