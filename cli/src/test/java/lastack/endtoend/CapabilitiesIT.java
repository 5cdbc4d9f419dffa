package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lastack.model.TcpState;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Root without a capability: what cannot be done without it names it, and changes nothing. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CapabilitiesIT {
    private static final int PORT = 7001;

    /** Another user's; its peer, which nobody holds, is in FIN-WAIT-2. */
    private static Leftover.Holder holder;

    private static Namespace namespace;

    @BeforeAll
    static void open() throws IOException {
        namespace = Namespace.open();
        namespace.exec("sysctl", "-qw", "net.ipv4.tcp_fin_timeout=3600");
        holder = Leftover.closeWait(namespace, PORT, Server.asPlainUser());
    }

    @AfterAll
    static void close() {
        holder.close();
        namespace.close();
    }

    private static Run without(String capabilities, String words) {
        List<String> setpriv = new ArrayList<>(List.of(Program.SETPRIV.path()));
        String less = "-" + capabilities.replace("+", ",-");
        setpriv.addAll(List.of("--bounding-set", less, "--inh-caps", less));
        return Launcher.in(namespace).behind(setpriv.toArray(String[]::new)).run(words.split(" ", -1));
    }

    @ParameterizedTest(name = "{1} without {0}")
    @CsvSource({
        "net_admin, close --yes --by destroy state close-wait, SOCK_DESTROY needs CAP_NET_ADMIN",
        "net_admin, close --yes --by destroy state fin-wait-2, SOCK_DESTROY needs CAP_NET_ADMIN",
        "net_admin, close --yes --by vanish state close-wait, TCP_REPAIR needs CAP_NET_ADMIN",
        "net_raw, close --yes --by reset state close-wait, raw and packet sockets need CAP_NET_RAW",
        "net_raw, close --yes --by reset state fin-wait-2, raw and packet sockets need CAP_NET_RAW",
        "sys_ptrace, close --yes --by shutdown state close-wait, CAP_SYS_PTRACE",
        "sys_ptrace, close --yes --by disconnect state close-wait, CAP_SYS_PTRACE",
        "sys_ptrace, close --yes --by vanish state close-wait, CAP_SYS_PTRACE",
        "sys_ptrace, close --yes --by park state close-wait, CAP_SYS_PTRACE",
        "sys_ptrace, close --yes --by fd state close-wait, CAP_SYS_PTRACE",
        "sys_ptrace, set --yes state close-wait keepalive=60s, CAP_SYS_PTRACE",
        "dac_read_search+dac_override, close --yes --by disconnect state close-wait, CAP_DAC_READ_SEARCH",
        "kill, close --yes --by term state close-wait, CAP_KILL",
        "kill, close --yes --by kill state close-wait, CAP_KILL",
        "net_admin+net_raw, close --yes state fin-wait-2, SOCK_DESTROY needs CAP_NET_ADMIN",
        "net_admin+net_raw, close --yes state fin-wait-2, raw and packet sockets need CAP_NET_RAW",
        "net_admin+net_raw+sys_ptrace, free --yes 7001, SOCK_DESTROY needs CAP_NET_ADMIN",
        "net_admin, ls --forwarded, CAP_NET_ADMIN",
        "net_admin, close --yes --forwarded dport = :7001, CAP_NET_ADMIN",
        "sys_admin, ls --netns 1, CAP_SYS_ADMIN",
        "sys_admin, close --yes --netns 1 state close-wait, CAP_SYS_ADMIN",
        "sys_admin, set --yes --netns 1 state close-wait keepalive=60s, CAP_SYS_ADMIN",
        "sys_admin, free --yes --netns 1 7001, CAP_SYS_ADMIN",
        "sys_admin, tune show --netns 1, CAP_SYS_ADMIN",
        "sys_admin, events --netns 1 --for 1s, CAP_SYS_ADMIN",
        "net_bind_service, free --yes 80, CAP_NET_BIND_SERVICE",
    })
    void isNamedWhereItIsMissed(String capabilities, String words, String message) {
        Run run = without(capabilities, words);

        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(4);
        assertThat(run.out() + run.err()).contains(message);
        assertThat(namespace.tcp().count(TcpState.CLOSE_WAIT)).isEqualTo(1);
        assertThat(namespace.tcp().count(TcpState.FIN_WAIT_2)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{1} without {0}")
    @CsvSource({
        "net_admin, run --bind wait -- true, ''",
        "sys_admin, run --bind reuse -- true, without CAP_SYS_ADMIN the program runs with no_new_privs",
        "net_admin, ls state close-wait, ''",
        "sys_ptrace, ls state close-wait, CAP_SYS_PTRACE",
        "sys_ptrace, why state close-wait, CAP_SYS_PTRACE",
        "net_admin, set --dry-run state close-wait keepalive=60s, ''",
        "sys_admin, ls --netns all state close-wait, CAP_SYS_ADMIN",
        "net_raw, close --dry-run state close-wait, ''",
    })
    void isNoHindranceToWhatGoesWithoutIt(String capabilities, String words, String note) {
        Run run = without(capabilities, words);

        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).contains(note);
    }
}
