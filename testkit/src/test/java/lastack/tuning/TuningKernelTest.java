package lastack.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lastack.model.Family;
import lastack.model.UnavailableException;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import lastack.tuning.Change.Outcome;
import lastack.tuning.Verdict.Leaning;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes settings of a namespace of its own, and never the host's. */
final class TuningKernelTest {
    private static final List<String> WISHES = List.of("tcp_tw_reuse=1", "ip_local_port_range=20000-20099");

    @TempDir
    Path root;

    private Namespace namespace;

    @BeforeEach
    void open() {
        namespace = Namespace.open();
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    private interface Work<T> {
        T with(Tuning tuning) throws Exception;
    }

    private <T> T in(Namespace where, Work<T> work) throws Exception {
        return where.call(() -> work.with(Tuning.of("self", root)));
    }

    private List<Change> apply(boolean persist, List<String> words) throws Exception {
        return in(namespace, tuning -> tuning.apply(Wish.parse(words), persist));
    }

    private String sysctl(Namespace where, String name) {
        return where.exec("cat", "/proc/sys/net/ipv4/" + name).strip();
    }

    private Path configuration() {
        return root.resolve("etc/sysctl.d/60-lastack.conf");
    }

    @Test
    void changesReadsBackAndPutsBack() throws Exception {
        List<Change> changed = apply(false, WISHES);
        String during = sysctl(namespace, "ip_local_port_range");
        List<Change> undone = in(namespace, Tuning::undo);

        assertThat(changed).extracting(Change::outcome).containsOnly(Outcome.CHANGED);
        assertThat(during).isEqualTo("20000\t20099");
        assertThat(undone).extracting(Change::outcome).containsOnly(Outcome.CHANGED);
        assertThat(sysctl(namespace, "ip_local_port_range")).isEqualTo("32768\t60999");
        assertThat(sysctl(namespace, "tcp_tw_reuse")).isEqualTo("2");
        assertThat(in(namespace, Tuning::planUndo)).isEmpty();
        assertThat(configuration()).doesNotExist();
    }

    @Test
    void putsBackWhatWasThereBeforeTheFirstOfSeveralChanges() throws Exception {
        apply(false, List.of("tcp_fin_timeout=50"));
        apply(false, List.of("tcp_fin_timeout=40"));

        in(namespace, Tuning::undo);

        assertThat(sysctl(namespace, "tcp_fin_timeout")).isEqualTo("60");
    }

    @Test
    void leavesAloneWhatSomebodyElseChangedSince() throws Exception {
        apply(false, List.of("tcp_fin_timeout=50", "tcp_tw_reuse=1"));
        namespace.exec("sh", "-c", "echo 33 > /proc/sys/net/ipv4/tcp_fin_timeout");

        List<Change> undone = in(namespace, Tuning::undo);

        assertThat(undone).extracting(Change::outcome).containsExactly(Outcome.LEFT_ALONE, Outcome.CHANGED);
        assertThat(undone.getFirst().why())
                .contains("somebody else changed it since; lastack had set 50, before that it was 60");
        assertThat(sysctl(namespace, "tcp_fin_timeout")).isEqualTo("33");
    }

    @Test
    void remembersWhatItLeftAloneAndLeavesItsLine() throws Exception {
        apply(true, List.of("tcp_fin_timeout=50"));
        namespace.exec("sh", "-c", "echo 33 > /proc/sys/net/ipv4/tcp_fin_timeout");
        in(namespace, Tuning::undo);
        List<String> meanwhile = Files.readAllLines(configuration());
        namespace.exec("sh", "-c", "echo 50 > /proc/sys/net/ipv4/tcp_fin_timeout");

        in(namespace, Tuning::undo);

        assertThat(meanwhile).contains("net.ipv4.tcp_fin_timeout = 50");
        assertThat(sysctl(namespace, "tcp_fin_timeout")).isEqualTo("60");
        assertThat(configuration()).doesNotExist();
    }

    @Test
    void putsBackTheLineThatStoodInTheConfiguration() throws Exception {
        Files.createDirectories(configuration().getParent());
        Files.writeString(configuration(), "net/ipv4/tcp_fin_timeout\t= 45\n");
        apply(true, List.of("tcp_fin_timeout=50"));
        apply(true, List.of("tcp_fin_timeout=51"));
        List<String> during = Files.readAllLines(configuration());

        in(namespace, Tuning::undo);

        assertThat(during).contains("net.ipv4.tcp_fin_timeout = 51").doesNotContain("net/ipv4/tcp_fin_timeout\t= 45");
        assertThat(Files.readAllLines(configuration())).contains("net/ipv4/tcp_fin_timeout\t= 45");
    }

    @Test
    void understandsPortsInTheOrderAndTheRangesTheKernelTells() throws Exception {
        List<Change> changed = apply(false, List.of("ip_local_reserved_ports=9000-9010,8081,8080,9005"));

        assertThat(changed).extracting(Change::outcome).containsExactly(Outcome.CHANGED);
        assertThat(sysctl(namespace, "ip_local_reserved_ports")).isEqualTo("8080-8081,9000-9010");
    }

    /** The kernel tells a list of more than 8192 characters in several reads, and answers only the first. */
    @Test
    void writesTheOldValueAgainWhereTheKernelReadsBackAnother() throws Exception {
        apply(false, List.of("ip_local_reserved_ports=8080"));
        String many = IntStream.range(0, 2_000)
                .mapToObj(i -> Integer.toString(20_001 + 2 * i))
                .collect(Collectors.joining(","));

        List<Change> changed = apply(false, List.of("ip_local_reserved_ports=" + many));

        assertThat(changed).extracting(Change::outcome).containsExactly(Outcome.REFUSED);
        assertThat(sysctl(namespace, "ip_local_reserved_ports")).isEqualTo("8080");
        in(namespace, Tuning::undo);
        assertThat(sysctl(namespace, "ip_local_reserved_ports")).isEmpty();
    }

    @Test
    void changesNothingWhereTheConfigurationHasNoFolder() throws Exception {
        Files.writeString(root.resolve("etc"), "no folder");

        assertThatThrownBy(() -> apply(true, WISHES)).isInstanceOf(UnavailableException.class);

        assertThat(sysctl(namespace, "tcp_tw_reuse")).isEqualTo("2");
        assertThat(in(namespace, Tuning::planUndo)).isEmpty();
    }

    @Test
    void saysWhatIsInTheWayOfItsFolder() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/sysctl.d"), "no folder");

        assertThatThrownBy(() -> apply(true, WISHES))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(root.resolve("etc/sysctl.d") + ": it is no folder")
                .hasMessageContaining("nothing was changed");

        assertThat(sysctl(namespace, "tcp_tw_reuse")).isEqualTo("2");
    }

    @Test
    void forgetsNothingOfWhatItCannotUnderstand() throws Exception {
        apply(false, List.of("tcp_fin_timeout=50"));
        Path ledger = root.resolve("var/lib/lastack/tune");
        String before = Files.readString(ledger) + "\u0000\u0000\n";
        Files.writeString(ledger, before);

        assertThatThrownBy(() -> in(namespace, Tuning::undo))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(ledger + ": line 2 cannot be understood");
        assertThatThrownBy(() -> apply(false, WISHES)).isInstanceOf(UnavailableException.class);

        assertThat(Files.readString(ledger)).isEqualTo(before);
        assertThat(sysctl(namespace, "tcp_fin_timeout")).isEqualTo("50");
        assertThat(sysctl(namespace, "tcp_tw_reuse")).isEqualTo("2");
    }

    @Test
    void saysWhichLaterFileHasTheLastWordAtBoot() throws Exception {
        Path later = Files.createDirectories(root.resolve("usr/lib/sysctl.d")).resolve("99-distribution.conf");
        Files.writeString(later, "-net/ipv4/tcp_tw_reuse = 2\nnet.ipv4.tcp_fin_timeout=50\n");
        Files.writeString(later.resolveSibling("50-default.conf"), "net.ipv4.tcp_fin_timeout=60\n");

        List<Change> changed = apply(true, List.of("tcp_tw_reuse=1", "tcp_fin_timeout=50"));

        assertThat(changed).extracting(Change::outcome).containsOnly(Outcome.CHANGED);
        assertThat(changed)
                .extracting(Change::why)
                .containsExactly("a later file says otherwise at boot: " + later + ": -net/ipv4/tcp_tw_reuse = 2", "");
    }

    @Test
    void keepsWhatOthersWroteInAnyEncoding() throws Exception {
        Files.createDirectories(configuration().getParent());
        byte[] comment = {'#', ' ', (byte) 0xFC, '\n'};
        Files.write(configuration(), comment);

        apply(true, List.of("tcp_fin_timeout=50"));
        in(namespace, Tuning::undo);

        assertThat(Files.readAllBytes(configuration())).isEqualTo(comment);
    }

    @Test
    void whatFailsForOneWishIsToldOfThatOne() throws Exception {
        Files.createDirectories(configuration().resolve("is a folder"));

        List<Change> changed = apply(true, WISHES);

        assertThat(changed).hasSize(2).extracting(Change::outcome).containsOnly(Outcome.REFUSED);
        assertThat(sysctl(namespace, "tcp_tw_reuse")).isEqualTo("2");
        assertThat(in(namespace, Tuning::planUndo)).isEmpty();
    }

    /** Another lastack, which gives one setting many values. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) throws Exception {
            Tuning tuning = Tuning.of("self", Path.of(args[0]));
            for (int value = 100; value < 140; value++) {
                tuning.apply(Wish.parse(List.of(args[1] + "=" + value)), true);
            }
        }
    }

    @Test
    void severalProcessesForgetNothingOfEachOther() throws Exception {
        List<String> names = List.of("tcp_fin_timeout", "somaxconn", "tcp_max_syn_backlog");
        List<Process> others = new ArrayList<>();
        for (String name : names) {
            others.add(namespace.start(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "--enable-native-access=ALL-UNNAMED",
                            Other.class.getName(),
                            root.toString(),
                            name)
                    .inheritIO()));
        }
        for (Process other : others) {
            assertThat(other.waitFor()).isZero();
        }

        assertThat(in(namespace, Tuning::planUndo)).hasSameSizeAs(names);
        assertThat(Files.readAllLines(configuration())).hasSize(1 + names.size());
        in(namespace, Tuning::undo);
        assertThat(sysctl(namespace, "tcp_fin_timeout")).isEqualTo("60");
        assertThat(configuration()).doesNotExist();
    }

    @Test
    void persistsInAFileOfItsOwnAndTakesOnlyItsOwnLinesBack() throws Exception {
        apply(true, WISHES);
        List<String> written = Files.readAllLines(configuration());
        Files.writeString(configuration(), String.join("\n", written) + "\nnet.ipv4.tcp_sack = 1\n");

        in(namespace, Tuning::undo);

        assertThat(written)
                .contains("net.ipv4.tcp_tw_reuse = 1", "net.ipv4.ip_local_port_range = 20000 20099")
                .first()
                .asString()
                .startsWith("#");
        assertThat(Files.readAllLines(configuration()))
                .contains("net.ipv4.tcp_sack = 1")
                .hasSize(2);
    }

    @Test
    void whatItPersistsIsWhatSysctlUnderstands() throws Exception {
        apply(true, WISHES);
        namespace.exec("sh", "-c", "echo 2 > /proc/sys/net/ipv4/tcp_tw_reuse");

        namespace.exec("sysctl", "-p", configuration().toString());

        assertThat(sysctl(namespace, "tcp_tw_reuse")).isEqualTo("1");
    }

    @Test
    void anotherNamespaceHasNothingToUndo() throws Exception {
        apply(false, WISHES);
        try (Namespace other = Namespace.open()) {

            assertThat(in(other, Tuning::planUndo)).isEmpty();
            assertThat(sysctl(other, "tcp_tw_reuse")).isEqualTo("2");
        }
    }

    @Test
    void refusesWhatIsTheWholeHostsAndWhatTheKernelDoesNotTake() throws Exception {
        List<Change> changes = apply(false, List.of("tcp_max_orphans=5", "ip_local_port_range=1-2", "tcp_rfc1337=1"));

        assertThat(changes)
                .extracting(Change::outcome)
                .containsExactly(Outcome.REFUSED, Outcome.REFUSED, Outcome.CHANGED);
        assertThat(changes.getFirst().why()).contains("the whole host's");
        assertThat(changes.get(1).why()).contains("Invalid argument");
        assertThat(in(namespace, Tuning::planUndo)).extracting(Change::setting).containsExactly(Setting.TCP_RFC1337);
    }

    @Test
    void persistsOnTheHostItselfOnlyForItsOwnNamespace() {
        assertThatThrownBy(() ->
                        namespace.call(() -> Tuning.of("self", Path.of("/")).apply(Wish.parse(WISHES), true)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("another")
                .hasMessageContaining("--persist");
        assertThat(sysctl(namespace, "tcp_tw_reuse")).isEqualTo("2");
    }

    @Test
    void saysThatReuseWouldHelpWhenThePortsToOneDestinationRunOut() throws Exception {
        try (Actor actor = Actor.in(namespace)) {
            apply(false, List.of("ip_local_port_range=20000-20009"));
            ActorSocket listener = actor.socket(Family.INET);
            int port = listener.bind("127.0.0.1", 0x7000);
            listener.listen(10);
            for (int i = 0; i < 6; i++) {
                ActorSocket client = actor.socket(Family.INET);
                client.connect("127.0.0.1", port);
                ActorSocket accepted = listener.accept();
                client.close();
                accepted.close();
            }
            namespace.tcp().await("TIME-WAIT", socket -> true);

            Reading reuse = reading(Setting.TCP_TW_REUSE);

            assertThat(reuse.verdict().leaning()).isEqualTo(Leaning.WOULD_HELP);
            assertThat(reuse.verdict().because()).contains("6 of 10 ports in use for 127.0.0.1 -> 127.0.0.1:28672");
        }
    }

    @Test
    void warnsOfAListenerAmongTheEphemeralPortsUntilItIsReserved() throws Exception {
        try (Actor actor = Actor.in(namespace)) {
            ActorSocket listener = actor.socket(Family.INET);
            listener.bind("127.0.0.1", 49_201);
            listener.listen(1);

            Verdict before = reading(Setting.IP_LOCAL_RESERVED_PORTS).verdict();
            apply(false, List.of("ip_local_reserved_ports=49201"));
            Verdict after = reading(Setting.IP_LOCAL_RESERVED_PORTS).verdict();

            assertThat(before.because()).contains("127.0.0.1:49201");
            assertThat(after.leaning()).isEqualTo(Leaning.NOT_NEEDED);
        }
    }

    private Reading reading(Setting wanted) throws Exception {
        Predicate<Reading> isIt = reading -> reading.setting() == wanted;
        return in(
                namespace,
                tuning -> tuning.read(List.of(Setting.values()), tuning.measure()).stream()
                        .filter(isIt)
                        .findFirst()
                        .orElseThrow());
    }
}
