package lastack.options;

import static org.assertj.core.api.Assertions.assertThat;

import lastack.kernel.SocketFd;
import lastack.kernel.process.Pidfd;
import lastack.model.Family;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each option on a socket of a running program, set through a duplicate and read back from the kernel. */
final class SocketOptionKernelTest {
    private final Namespace namespace = Namespace.open();
    private final Actor program = Actor.in(namespace);
    private SocketFd socket;

    @BeforeEach
    void duplicate() throws Exception {
        ActorSocket held = program.socket(Family.INET);
        try (Pidfd process = Pidfd.open(program.process())) {
            socket = new SocketFd(process.duplicate(held.fd()));
        }
    }

    @AfterEach
    void close() {
        socket.close();
        program.close();
        namespace.close();
    }

    @ParameterizedTest
    @CsvSource({
        "keepalive=on,          off,     7200s:75s:9",
        "keepalive=60s,         off,     60s:75s:9",
        "keepalive=60s:10s:6,   off,     60s:10s:6",
        "user-timeout=30s,      off,     30s",
        "user-timeout=1500ms,   off,     1500ms",
        "linger=0,              off,     0",
        "linger=5,              off,     5",
        "fin-timeout=5s,        60s,     5s",
        "fin-timeout=120s,      60s,     120s",
        "reuseaddr=on,          off,     on"
    })
    void isReadBackAsItWasSet(String text, String before, String after) throws Exception {
        SocketOption option = SocketOption.parse(text);

        SocketOption first = option.name().read(socket);
        option.apply(socket);
        SocketOption then = option.name().read(socket);

        assertThat(first.value()).isEqualTo(before);
        assertThat(option.isIn(first)).isFalse();
        assertThat(then.value()).isEqualTo(after);
        assertThat(option.isIn(then)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "keepalive=60s:10s:6,   keepalive=off",
        "user-timeout=30s,      user-timeout=off",
        "linger=0,              linger=off",
        "fin-timeout=5s,        fin-timeout=default",
        "reuseaddr=on,          reuseaddr=off"
    })
    void canBeTakenBack(String there, String back) throws Exception {
        OptionName name = SocketOption.parse(back).name();
        SocketOption first = name.read(socket);
        SocketOption.parse(there).apply(socket);

        SocketOption.parse(back).apply(socket);

        assertThat(name.read(socket).value()).isEqualTo(first.value());
    }

    @Test
    void readsTheDefaultOfFinTimeoutFromTheNamespace() throws Exception {
        namespace.exec("sh", "-c", "echo 17 >/proc/sys/net/ipv4/tcp_fin_timeout");

        assertThat(OptionName.FIN_TIMEOUT.read(socket).value()).isEqualTo("17s");
    }
}
