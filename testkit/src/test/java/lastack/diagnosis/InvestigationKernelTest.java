package lastack.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lastack.filter.Filter;
import lastack.model.TcpState;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import lastack.testkit.ChildJvm;
import lastack.testkit.Crowd;
import lastack.testkit.Recipe;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an investigation looks at, and what it does not claim to know. */
final class InvestigationKernelTest {
    private static final int NOBODY = 65_534;

    /** {@code openat(AT_FDCWD, "/proc/4711/fd", ...) = 5}, as strace writes it. */
    private static final Pattern OPEN = Pattern.compile("open(?:at)?\\(.*?\"/proc/(\\d+)(/[^\"]*)?\"");

    private static Report report(Situation situation, String filter) throws Exception {
        return situation.namespace().call(() -> {
            try (SocketTables tables = SocketTables.open("self")) {
                return Investigation.in(tables).of(Query.of(Filter.parse(filter)));
            }
        });
    }

    private static String facts(Diagnosis diagnosis) {
        return diagnosis.evidence().stream().map(Evidence::fact).collect(Collectors.joining("\n"));
    }

    private static String cookie(Situation situation) {
        return "cookie = " + situation.id().cookieHex();
    }

    /** Two thousand, which end with their parent. */
    private static final String STRANGERS = """
            import ctypes, os, signal, sys
            parent = os.getpid()
            for i in range(2000):
                if os.fork() == 0:
                    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
                    if os.getppid() != parent: os._exit(0)
                    signal.pause(); os._exit(0)
            print('ready'); sys.stdin.readline()
            """;

    /**
     * One among a hundred thousand sockets and two thousand processes. One directory of each process is listed, because any may
     * hold it; everything else is read of owners only.
     */
    @Test
    void readsNoMoreOfProcThanItNeeds(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("opens");
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);
                Crowd crowd = Crowd.of(tcp.here(), 100_000);
                Python strangers = Python.ready(tcp.here(), STRANGERS)) {
            Situation stuck = tcp.closeWait();
            Set<Integer> children = ProcessHandle.of(strangers.pid())
                    .orElseThrow()
                    .children()
                    .map(child -> (int) child.pid())
                    .collect(Collectors.toSet());

            List<String> lines = ChildJvm.in(tcp.here())
                    .through("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=open,openat", "-o", log.toString())
                    .run(WhyOnce.class, cookie(stuck));

            int owner = stuck.holder().actor().pid();
            Map<Integer, List<String>> opened = opened(log);
            assertThat(lines.getFirst()).startsWith(Verdict.EOF_NEVER_READ.id());
            assertThat(opened.get(owner)).contains("/fd", "/limits", "/task").hasSizeLessThan(20);
            assertThat(children)
                    .hasSize(2_000)
                    .allSatisfy(stranger -> assertThat(opened.get(stranger)).containsExactly("/fd"));
            assertThat(crowd.holders())
                    .allSatisfy(holder -> assertThat(opened.get(holder.pid())).containsExactly("/fd"));
        }
    }

    private static Map<Integer, List<String>> opened(Path log) throws Exception {
        return Files.readAllLines(log).stream()
                .map(OPEN::matcher)
                .filter(Matcher::find)
                .collect(Collectors.groupingBy(
                        match -> Integer.parseInt(match.group(1)),
                        Collectors.mapping(match -> String.valueOf(match.group(2)), Collectors.toList())));
    }

    @Test
    void saysThatPrivilegesAreMissingWhereTheyAre() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation stuck = tcp.closeWait();
            stuck.holder().actor().become(NOBODY);

            List<String> lines = ChildJvm.in(tcp.here()).powerless().run(WhyOnce.class, cookie(stuck));

            assertThat(lines).contains("owner-hidden likely", "sudo lastack why " + cookie(stuck));
        }
    }

    @Test
    void namesTheUnixSocketADescriptorIsInFlightAt() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation stuck = tcp.make(Recipe.CLOSE_WAIT_IN_FLIGHT);

            Diagnosis found = report(stuck, cookie(stuck)).diagnoses().getFirst();

            int sender = tcp.actors().getFirst().pid();
            assertThat(facts(found)).containsPattern("actor\\[" + sender + "] fd \\d+ has descriptors in flight");
        }
    }

    @Test
    void namesTheProgramAtTheOtherEndInAnotherNamespace() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            Situation stuck = tcp.make(Recipe.FIN_WAIT_2_HELD);

            Diagnosis found = report(stuck, cookie(stuck)).diagnoses().getFirst();

            String where = "most likely the other end is in the network namespace "
                    + tcp.there().inode();
            assertThat(facts(found))
                    .contains(
                            where,
                            "CLOSE-WAIT, held by " + "actor["
                                    + stuck.peer().actor().pid() + "]");
        }
    }

    /** Addresses are not unique over namespaces: three have the same addresses and ports. */
    @Test
    void doesNotTakeAnotherNamespacesSocketForTheOtherEnd() throws Exception {
        try (TcpSituations first = TcpSituations.on(Wire.V4_VETH);
                TcpSituations second = TcpSituations.on(Wire.V4_VETH);
                TcpSituations third = TcpSituations.on(Wire.V4_VETH)) {
            for (TcpSituations tcp : List.of(first, second, third)) {
                tcp.here().exec("sh", "-c", "echo 40000 40001 > /proc/sys/net/ipv4/ip_local_port_range");
                tcp.there().exec("sh", "-c", "echo 40002 40003 > /proc/sys/net/ipv4/ip_local_port_range");
            }
            Situation one = first.make(Recipe.FIN_WAIT_2_HELD);
            List<Situation> twins = new ArrayList<>();
            for (TcpSituations tcp : List.of(second, third)) {
                twins.add(twin(tcp, one));
            }

            Diagnosis found = report(one, cookie(one)).diagnoses().getFirst();

            assertThat(twins).allMatch(twin -> sameEnds(twin, one));
            assertThat(facts(found)).contains("3 network namespaces have a socket with these two ends");
        }
    }

    /** Two ports at each end make it soon. */
    private static Situation twin(TcpSituations tcp, Situation model) {
        for (int i = 0; i < 40; i++) {
            Situation made = tcp.make(Recipe.FIN_WAIT_2_HELD);
            if (sameEnds(made, model)) {
                return made;
            }
            made.holder().linger(0);
            made.peer().linger(0);
            made.holder().close();
            made.peer().close();
        }
        throw new IllegalStateException("no socket with the same ports");
    }

    private static boolean sameEnds(Situation one, Situation other) {
        return one.id().local().equals(other.id().local())
                && one.id().peer().equals(other.id().peer());
    }

    @Test
    void findsTheOtherEndAlsoWhereItIsBoundToAnInterface() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation stuck = tcp.closeWait();
            stuck.peer().bindToDevice("lo");

            Diagnosis found = report(stuck, cookie(stuck)).diagnoses().getFirst();

            assertThat(facts(found)).contains("the other end is on this host: FIN-WAIT-2, held by actor[");
        }
    }

    @Test
    void doesNotNameAnEndThatIsGone() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            tcp.here().exec("sh", "-c", "echo 1 > /proc/sys/net/ipv4/tcp_fin_timeout");
            Situation stuck = tcp.closeWait();
            stuck.peer().close();
            Thread.sleep(2_500);

            Diagnosis found = report(stuck, cookie(stuck)).diagnoses().getFirst();

            assertThat(facts(found)).containsPattern("the other end was on this host and is gone; it closed \\S+ ago");
        }
    }

    @Test
    void putsManyIntoOneGroup() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);
                Crowd crowd = Crowd.of(tcp.here(), 700)) {
            Situation own = tcp.established();

            Report report = report(own, "state close-wait");

            assertThat(report.matched()).isEqualTo(700);
            assertThat(report.groups()).singleElement().satisfies(group -> {
                assertThat(group.verdict()).isEqualTo(Verdict.EOF_NEVER_READ);
                assertThat(group.count()).isEqualTo(700);
                assertThat(group.owner())
                        .isEqualTo("actor[" + crowd.holders().getFirst().pid() + "]");
                assertThat(group.peer()).startsWith("from 127.1.0.1 to port ");
                assertThat(group.pattern()).isNotEmpty();
            });
        }
    }

    private static final Pattern CLOSE = Pattern.compile("lastack close (.*) --by shutdown");

    /** The filter of the group's command to shut its sockets down, without what is only for the shell. */
    private static String filter(Group group) {
        return group.advice().stream()
                .map(advice -> CLOSE.matcher(String.valueOf(advice.command())))
                .filter(Matcher::matches)
                .map(match -> match.group(1).replace("'", ""))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Long> cookies(Report report) {
        return report.diagnoses().stream()
                .map(found -> found.socket().id().cookie())
                .collect(Collectors.toSet());
    }

    /** Never another one; and all of them, where the walk over the processes does not take longer than they are old. */
    private static void assertMeans(Situation own, String command, Report before, int count) throws Exception {
        Set<Long> meant = Set.of();
        for (int attempt = 0; attempt < 20 && meant.size() < count; attempt++) {
            meant = cookies(report(own, command));
            assertThat(cookies(before)).as(command).containsAll(meant);
        }
        assertThat(meant).as(command).hasSize(count);
    }

    /** What comes later would fit the group as well as its members do, and is as old as they were by the time the command is used. */
    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void meansNoneThatJoinsTheGroupLater(int count) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);
                Python program = Python.ready(tcp.here(), """
                    import socket, sys
                    server = socket.create_server(('127.0.0.1', 7777)); kept = []
                    def leak():
                        for i in range(%d):
                            a = socket.create_connection(('127.0.0.1', 7777)); b, _ = server.accept()
                            a.close(); b.recv(1); kept.append(b)
                    leak(); print('ready'); sys.stdin.readline(); leak(); print('again'); sys.stdin.readline()
                    """.formatted(count))) {
            Situation own = tcp.established();
            Thread.sleep(1_100);
            Report before = report(own, "state close-wait");
            String command = filter(before.groups().getFirst());
            program.goOn("again");
            Thread.sleep(2_500);

            assertThat(report(own, "state close-wait").matched()).isEqualTo(2 * count);
            assertMeans(own, command, before, count);
        }
    }

    /** One whose end is read only now has been in its state for as long as the members. */
    @Test
    void meansNoneThatGetsTheVerdictLater() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);
                Python program = Python.ready(tcp.here(), """
                    import socket, sys
                    server = socket.create_server(('127.0.0.1', 7777)); kept = []
                    for i in range(24):
                        a = socket.create_connection(('127.0.0.1', 7777)); b, _ = server.accept(); a.close(); kept.append(b)
                        if i % 4: b.recv(1)
                    print('ready'); sys.stdin.readline()
                    kept[4].recv(1); kept[12].recv(1); print('read'); sys.stdin.readline()
                    """)) {
            Situation own = tcp.established();
            Thread.sleep(1_100);
            Report before = report(own, "state close-wait recvq = 0");
            String command = filter(before.groups().getFirst());
            program.goOn("read");

            assertThat(report(own, "state close-wait recvq = 0").matched()).isEqualTo(20);
            assertMeans(own, command, before, 18);
        }
    }

    /** Those in the queue of a listener have no exact age; that a segment came to each before the look is enough. */
    @Test
    void meansNoneThatIsQueuedLater() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);
                Python program = Python.ready(tcp.here(), """
                    import socket, sys
                    server = socket.create_server(('127.0.0.1', 7777), backlog=100); kept = []
                    def connect():
                        for i in range(12): kept.append(socket.create_connection(('127.0.0.1', 7777)))
                    connect(); print('ready'); sys.stdin.readline(); connect(); print('again'); sys.stdin.readline()
                    """)) {
            Situation own = tcp.established();
            Thread.sleep(1_100);
            Report before = report(own, "state established unaccepted");
            String command = before.groups().getFirst().advice().stream()
                    .map(advice -> String.valueOf(advice.command()))
                    .filter(words -> words.startsWith("lastack close "))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("lastack close | --by destroy|'", "");
            program.goOn("again");
            Thread.sleep(1_500);

            assertThat(report(own, "state established unaccepted").matched()).isEqualTo(24);
            assertMeans(own, command, before, 12);
        }
    }

    @Test
    void countsSistersBeyondTheFilter() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);
                Crowd crowd = Crowd.of(tcp.here(), 50)) {
            Situation own = tcp.established();
            String first = report(own, "state close-wait")
                    .diagnoses()
                    .getFirst()
                    .socket()
                    .id()
                    .cookieHex();

            Diagnosis found = report(own, "cookie = " + first).diagnoses().getFirst();

            assertThat(facts(found)).contains("49 other sockets like this one in CLOSE-WAIT with the same peer");
            assertThat(crowd.count()).isEqualTo(50);
        }
    }

    /** With tcp_tw_reuse, on loopback by default, a connection ends a TIME-WAIT of more than a second to have its port. */
    @Test
    void endsNoTimeWaitToFindOutWhetherAPortIsLeft() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Plight.FEW_PORTS_AND_NONE_LEFT.on(tcp);
            tcp.here().exec("sh", "-c", "echo 2 > /proc/sys/net/ipv4/tcp_tw_reuse");
            Thread.sleep(2_500);

            Report report = tcp.here().call(() -> {
                try (SocketTables tables = SocketTables.open("self")) {
                    return Investigation.in(tables).of(Query.of(Filter.parse("state time-wait")));
                }
            });

            assertThat(report.diagnoses())
                    .allSatisfy(found -> assertThat(found.verdict()).isEqualTo(Verdict.PORT_PRESSURE));
            assertThat(report.groups().getFirst().members().getFirst().summary())
                    .endsWith("a new connection may take over one of 10 in TIME-WAIT");
            assertThat(tcp.here().tcp().count(TcpState.TIME_WAIT)).isEqualTo(10);
        }
    }
}
