package lastack.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import lastack.filter.Filter;
import lastack.model.Endpoint;
import lastack.model.IpAddress;
import lastack.model.TcpSocket;
import lastack.sockets.LazyOwners;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import lastack.testkit.ControlGroup;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes as programs make them, and what can be seen of them from outside. */
final class ProgramsKernelTest {
    private static final Thresholds SHORT = new Thresholds(60_000, 200, 50, 80);

    /** A server on port 7777, and clients of it. */
    private static final String HEAD = """
            import socket, sys, threading, time, select, resource
            server = socket.socket()
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.bind(('127.0.0.1', 7777))
            server.listen(5)
            def client():
                c = socket.create_connection(('127.0.0.1', 7777))
                return c
            def settle():
                time.sleep(0.2)
                print('ready')
            def park():
                while sys.stdin.readline(): pass
            """;

    private final Namespace namespace = Namespace.open();

    @AfterEach
    void close() {
        namespace.close();
    }

    private Report report(String filter, Duration sample) throws Exception {
        return namespace.call(() -> {
            try (SocketTables tables = SocketTables.open("self")) {
                return new Investigation(tables, SHORT, Integer.MAX_VALUE).of(Query.of(Filter.parse(filter)), sample);
            }
        });
    }

    private Diagnosis diagnosis(String filter) throws Exception {
        return report(filter, Duration.ZERO).diagnoses().getFirst();
    }

    private static List<String> facts(Diagnosis diagnosis) {
        return diagnosis.evidence().stream().map(Evidence::fact).toList();
    }

    private static List<String> commands(Diagnosis diagnosis) {
        return diagnosis.advice().stream()
                .map(Advice::command)
                .filter(command -> command != null)
                .toList();
    }

    @Test
    void aThreadThatNeverReads() throws Exception {
        try (Python python = program("""
                def serve(c): threading.Event().wait()
                a = client(); b, _ = server.accept()
                threading.Thread(target=serve, args=(b,), daemon=True).start()
                a.close(); settle(); park()
                """)) {
            Diagnosis found = diagnosis("state close-wait");

            assertThat(found.verdict()).isEqualTo(Verdict.EOF_NEVER_READ);
            assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
            assertThat(found.summary()).contains("python3[" + python.pid() + "]", "lost, or its threads are busy");
            assertThat(facts(found))
                    .contains("Recv-Q is 1, exactly the FIN: the program has not read it")
                    .anyMatch(fact -> fact.matches("fd \\d+ is in no epoll set of python3.*"))
                    .anyMatch(fact -> fact.matches("none of the 2 threads of python3.* waits for it: .*"));
        }
    }

    @Test
    void aServerThatReadsTheEndAndForgets() throws Exception {
        try (Python python = program("""
                a = client(); b, _ = server.accept()
                a.close(); b.recv(10); settle(); park()
                """)) {
            Diagnosis found = diagnosis("state close-wait");

            assertThat(found.verdict()).isEqualTo(Verdict.EOF_READ_NOT_CLOSED);
            assertThat(found.certainty()).isEqualTo(Certainty.CERTAIN);
            assertThat(found.summary()).contains("python3[" + python.pid() + "]", "a leak");
            assertThat(commands(found))
                    .contains("lastack close cookie = " + found.socket().id().cookieHex() + " --by shutdown");
        }
    }

    /** The read that takes the last byte passes the end, of which the program is told nothing. */
    @Test
    void aClientThatReadsTheExactLength() throws Exception {
        try (Python python = program("""
                a = client(); b, _ = server.accept()
                b.send(b'0123456789', socket.MSG_MORE); b.close()
                time.sleep(0.2); print('ready'); sys.stdin.readline()
                a.recv(10); settle(); print('read'); park()
                """)) {
            Diagnosis before = diagnosis("state close-wait");
            python.goOn("ready");
            Diagnosis found = diagnosis("state close-wait");

            assertThat(before.verdict()).isEqualTo(Verdict.UNREAD_DATA);
            assertThat(found.verdict()).isEqualTo(Verdict.EOF_READ_NOT_CLOSED);
            assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
            assertThat(found.summary()).contains("all there was is read", "idle in a pool, or lost");
        }
    }

    @Test
    void aServerThatStillAnswersWhoHasClosedOneDirection() throws Exception {
        try (Python python = program("""
                a = client(); b, _ = server.accept()
                a.shutdown(socket.SHUT_WR); b.recv(10)
                def answer():
                    while True: b.send(b'more'); time.sleep(0.6)
                def listen():
                    while True: a.recv(10)
                threading.Thread(target=answer, daemon=True).start()
                threading.Thread(target=listen, daemon=True).start()
                time.sleep(0.5); settle(); park()
                """)) {
            Diagnosis found = diagnosis("state close-wait");

            assertThat(found.verdict()).isEqualTo(Verdict.EOF_READ_NOT_CLOSED);
            assertThat(found.certainty()).isNotEqualTo(Certainty.CERTAIN);
            assertThat(found.summary()).doesNotContain("leak");
            assertThat(python.pid()).isPositive();
        }
    }

    /** Registered under another number, which the program has closed since. */
    @Test
    void aServerThatPollsADuplicate() throws Exception {
        try (Python python = program("""
                a = client(); b, _ = server.accept(); d = b.dup()
                e = select.epoll(); e.register(d, select.EPOLLIN | select.EPOLLET); e.poll(0)
                a.close(); time.sleep(0.1); e.poll(0); d.close()
                threading.Thread(target=e.poll, daemon=True).start()
                settle(); park()
                """)) {
            Diagnosis found = diagnosis("state close-wait");

            assertThat(found.verdict()).isEqualTo(Verdict.EOF_NEVER_READ);
            assertThat(found.summary()).contains("although a thread waits for it", "may have missed the edge");
            assertThat(python.pid()).isPositive();
        }
    }

    private static final String DOCKER_ID = "f".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "state close-wait, stands still and cannot close what its peer closed",
        "state listening, stands still and accepts no connection",
    })
    void aContainerThatIsPaused(String filter, String words) throws Exception {
        try (ControlGroup group = ControlGroup.make("system.slice/docker-" + DOCKER_ID + ".scope");
                Python python = program("a = client(); b, _ = server.accept(); a.close(); settle(); park()\n")) {
            group.add(python.pid());
            group.freeze();

            Diagnosis found = diagnosis(filter);

            group.thaw();
            Diagnosis after = diagnosis(filter);
            assertThat(found.verdict()).isEqualTo(Verdict.OWNER_STOPPED);
            assertThat(found.certainty()).isEqualTo(Certainty.CERTAIN);
            assertThat(found.summary()).contains("python3[" + python.pid() + "] " + words);
            assertThat(found.evidence())
                    .contains(new Evidence(
                            "python3[" + python.pid() + "] is frozen with its control group, as docker pause does",
                            group.directory().resolve("cgroup.events").toString()));
            assertThat(commands(found)).contains("docker unpause " + DOCKER_ID);
            assertThat(after.verdict()).isNotEqualTo(Verdict.OWNER_STOPPED);
        }
    }

    /** The command that is advised is carried out. */
    @Test
    void aServiceThatIsFrozenFromAbove() throws Exception {
        try (ControlGroup slice = ControlGroup.make("lastack-test.slice");
                ControlGroup group = ControlGroup.make("lastack-test.slice/app.service");
                Python python = program("a = client(); b, _ = server.accept(); a.close(); settle(); park()\n")) {
            group.add(python.pid());
            slice.freeze();
            Diagnosis found = diagnosis("state close-wait");
            String command = "echo 0 | tee " + slice.directory().resolve("cgroup.freeze");

            namespace.exec("sh", "-c", command + " >/dev/null");

            assertThat(found.verdict()).isEqualTo(Verdict.OWNER_STOPPED);
            assertThat(commands(found)).contains(command);
            assertThat(diagnosis("state close-wait").verdict()).isEqualTo(Verdict.EOF_NEVER_READ);
        }
    }

    /** As libraries do that bring an event loop of their own into another one's. */
    @ParameterizedTest
    @ValueSource(strings = {"outer.poll", "lambda: select.select([outer.fileno()], [], [])"})
    void aServerWithAnEpollSetInAnother(String wait) throws Exception {
        try (Python python = program("""
                a = client(); b, _ = server.accept()
                inner = select.epoll(); inner.register(b, select.EPOLLIN)
                middle = select.epoll(); middle.register(inner, select.EPOLLIN)
                outer = select.epoll(); outer.register(middle, select.EPOLLIN | select.EPOLLET)
                a.close(); time.sleep(0.1); outer.poll(0)
                threading.Thread(target=%s, daemon=True).start()
                settle(); park()
                """.formatted(wait))) {
            Diagnosis found = diagnosis("state close-wait");

            assertThat(found.verdict()).isEqualTo(Verdict.EOF_NEVER_READ);
            assertThat(found.summary()).contains("although a thread waits for it");
            assertThat(facts(found))
                    .anyMatch(fact -> fact.matches("epoll set \\d+ is in epoll set \\d+, for readable"));
            assertThat(python.pid()).isPositive();
        }
    }

    @Test
    void anAcceptLoopThatStopped() throws Exception {
        try (Python python = program("""
                def loop(): server.accept(); raise SystemExit
                t = threading.Thread(target=loop, daemon=True); t.start()
                a = client(); t.join(); b = client(); b.send(b'x'); settle(); park()
                """)) {
            Diagnosis found = diagnosis("state established unaccepted");

            assertThat(found.verdict()).isEqualTo(Verdict.UNACCEPTED);
            assertThat(found.summary()).isEqualTo("python3[" + python.pid() + "] has not accepted it");
            assertThat(facts(found))
                    .contains("the listener 127.0.0.1:7777 of python3[" + python.pid()
                            + "] has 1 in its accept queue; its backlog is 5")
                    .anyMatch(fact -> fact.startsWith("the one thread of python3[" + python.pid() + "] does not wait"));
        }
    }

    @Test
    void anAcceptLoopThatRuns() throws Exception {
        try (Python python = program("""
                def loop():
                    while True: server.accept()
                threading.Thread(target=loop, daemon=True).start()
                settle(); park()
                """)) {
            Diagnosis found = diagnosis("state listening");

            assertThat(found.verdict()).isEqualTo(Verdict.HEALTHY);
            assertThat(python.pid()).isPositive();
        }
    }

    @Test
    void aServerWithoutDescriptors() throws Exception {
        try (Python python = program("""
                resource.setrlimit(resource.RLIMIT_NOFILE, (20, 40))
                kept = []
                def loop():
                    while True:
                        try: kept.append(server.accept()[0])
                        except OSError: time.sleep(0.05)
                threading.Thread(target=loop, daemon=True).start()
                settle(); park()
                """);
                Python clients =
                        program("""
                a = [socket.create_connection(('127.0.0.1', 7777)) for i in range(20)]
                settle(); park()
                """, "import socket, sys, time\n" + HEAD.substring(HEAD.indexOf("def settle")))) {
            Diagnosis found = diagnosis("unaccepted sport = :7777");

            assertThat(found.verdict()).isEqualTo(Verdict.UNACCEPTED);
            assertThat(found.also()).containsExactly(Verdict.FD_EXHAUSTION);
            assertThat(facts(found)).anyMatch(fact -> fact.contains("has 20 of 20 descriptors open"));
            assertThat(commands(found)).contains("prlimit --pid " + python.pid() + " --nofile=40:40");
            assertThat(clients.pid()).isNotEqualTo(python.pid());
        }
    }

    @Test
    void aServerThatPolls() throws Exception {
        try (Python python = program("""
                a = client(); b, _ = server.accept()
                e = select.epoll(); e.register(b, select.EPOLLIN)
                def loop(): time.sleep(60)
                a.close(); settle(); park()
                """)) {
            Diagnosis found = diagnosis("state close-wait");

            assertThat(found.verdict()).isEqualTo(Verdict.EOF_NEVER_READ);
            assertThat(facts(found))
                    .anyMatch(fact -> fact.matches("fd \\d+ is in epoll set \\d+ of python3.*, for readable"));
            assertThat(python.pid()).isPositive();
        }
    }

    @Test
    void aReaderThatFallsBehindBetweenTwoLooks() throws Exception {
        try (Python python = program("""
                a = client(); b, _ = server.accept(); a.send(b'x')
                def feed():
                    while True: a.send(b'more'); time.sleep(0.02)
                threading.Thread(target=feed, daemon=True).start()
                settle(); park()
                """)) {
            Diagnosis found = report("state established sport = :7777", Duration.ofSeconds(1))
                    .diagnoses()
                    .getFirst();

            assertThat(found.verdict()).isEqualTo(Verdict.STALLED_READER);
            assertThat(found.certainty()).isEqualTo(Certainty.CERTAIN);
            assertThat(facts(found)).anyMatch(fact -> fact.equals("nothing was read between two looks"));
            assertThat(python.pid()).isPositive();
        }
    }

    @Test
    void aReaderThatKeepsUp() throws Exception {
        try (Python python = program("""
                a = client(); b, _ = server.accept()
                def feed():
                    while True: a.send(b'more'); time.sleep(0.01)
                def eat():
                    while True: b.recv(100); time.sleep(0.01)
                threading.Thread(target=feed, daemon=True).start()
                threading.Thread(target=eat, daemon=True).start()
                settle(); park()
                """)) {
            Diagnosis found = diagnosis("state established sport = :7777");

            assertThat(found.verdict()).isEqualTo(Verdict.HEALTHY);
            assertThat(python.pid()).isPositive();
        }
    }

    @Test
    void aLeakThatGoesOn() throws Exception {
        try (Python python = program("""
                kept = []
                def leak():
                    a = client(); b, _ = server.accept(); a.close(); b.recv(1); kept.append(b)
                for i in range(5): leak()
                print('ready'); sys.stdin.readline()
                for i in range(7): leak()
                print('leaked'); park()
                """)) {
            CompletableFuture<Report> looks = CompletableFuture.supplyAsync(() -> {
                try {
                    return report("state close-wait", Duration.ofSeconds(3));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Thread.sleep(1_000);
            python.goOn("leaked");

            Group group = looks.join().groups().getFirst();

            assertThat(group.count()).isEqualTo(12);
            assertThat(group.growth()).isEqualTo(new Growth(7, 0, 3_000));
            assertThat(group.peer()).isEqualTo("from 127.0.0.1 to port 7777");
            String all =
                    "lastack close state close-wait pid = " + python.pid() + " recvq = 0 dst 127.0.0.1 sport = :7777";
            assertThat(group.advice())
                    .extracting(advice -> String.valueOf(advice.command()))
                    .anyMatch(command -> command.startsWith(all) && command.endsWith(" --by shutdown"));
        }
    }

    /** Some have read the end and some have not: all are there at both looks. */
    @Test
    void whatHasAnotherVerdictIsNotGone() throws Exception {
        try (Python python = program("""
                kept = []
                for i in range(5):
                    a = client(); b, _ = server.accept(); a.close(); kept.append(b)
                time.sleep(0.2); kept[0].recv(1); kept[1].recv(1); settle(); park()
                """)) {
            Report report = report("state close-wait", Duration.ofSeconds(1));

            assertThat(report.groups()).hasSize(2).extracting(Group::growth).containsOnly(new Growth(0, 0, 1_000));
            assertThat(python.pid()).isPositive();
        }
    }

    @Test
    void aListenerForIpv6AloneHasNoPartInIpv4() throws Exception {
        try (Python python = program("""
                server.close()
                four = socket.create_server(('0.0.0.0', 7777))
                six = socket.create_server(('::', 7777), family=socket.AF_INET6)
                a = client(); a.send(b'x'); settle(); park()
                """)) {
            Diagnosis found = diagnosis("state established unaccepted");

            assertThat(found.summary()).isEqualTo("python3[" + python.pid() + "] has not accepted it");
        }
    }

    /** Where no listener for IPv4 is there to tell by. */
    @Test
    void aListenerForIpv6AloneHasNoPartInIpv4AlsoWhereNoOtherIsSeen() throws Exception {
        try (Python python = program("""
                six = socket.create_server(('::', 7778), family=socket.AF_INET6)
                settle(); park()
                """)) {
            Report report = report("state listening sport = :7778", Duration.ZERO);
            TcpSocket six = report.diagnoses().getFirst().socket();
            Listeners listeners = new Listeners(new LazyOwners());
            listeners.add(six);

            assertThat(six.details().v6only()).isTrue();
            assertThat(listeners.at(new Endpoint(IpAddress.v4(0x7F000001), 7778)))
                    .isEmpty();
            assertThat(listeners.at(new Endpoint(IpAddress.v6(0, 1), 7778))).hasSize(1);
            assertThat(python.pid()).isPositive();
        }
    }

    private Python program(String body) throws IOException {
        return program(body, HEAD);
    }

    private Python program(String body, String head) throws IOException {
        return Python.ready(namespace, head + body);
    }
}
