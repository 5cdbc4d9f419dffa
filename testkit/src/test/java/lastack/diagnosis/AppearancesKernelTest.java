package lastack.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import lastack.filter.Filter;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Situations in which what seems obvious would be false. */
final class AppearancesKernelTest {
    private static final int LOOKS = 5;

    private static final String HEAD = """
            import os, resource, socket, subprocess, sys, threading, time
            server = socket.socket()
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.bind(('127.0.0.1', 7777))
            server.listen(500)
            def client(): return socket.create_connection(('127.0.0.1', 7777))
            def ready():
                time.sleep(0.2); print('ready'); sys.stdin.readline()
            """;

    private final Namespace namespace = Namespace.open();

    @AfterEach
    void close() {
        namespace.close();
    }

    private Python program(String text) throws IOException {
        return Python.ready(namespace, HEAD + text);
    }

    private List<Diagnosis> why(String filter, Duration sample) throws Exception {
        return namespace.call(() -> {
            try (SocketTables tables = SocketTables.open("self")) {
                return Investigation.in(tables)
                        .of(Query.of(Filter.parse(filter)), sample)
                        .diagnoses();
            }
        });
    }

    private Diagnosis why(String filter) throws Exception {
        return why(filter, Duration.ZERO).getFirst();
    }

    /** They are made and closed while the processes are walked over. */
    @Test
    void connectionsThatComeAndGoAreNotHidden() throws Exception {
        try (Python busy = program("""
                def serve(c):
                    c.recv(1); time.sleep(0.2); c.close()
                def accept():
                    while True: threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
                def come():
                    while True:
                        with client() as c: c.send(b'x'); c.recv(1)
                threading.Thread(target=accept, daemon=True).start()
                for i in range(100): threading.Thread(target=come, daemon=True).start()
                ready()
                """)) {
            for (int i = 0; i < LOOKS; i++) {
                List<Diagnosis> found = why("exclude time-wait", Duration.ZERO);

                assertThat(found).hasSizeGreaterThan(50);
                assertThat(found)
                        .extracting(Diagnosis::verdict)
                        .as("of a program that is in plain sight: %s", busy.pid())
                        .doesNotContain(Verdict.OWNER_HIDDEN);
            }
        }
    }

    @Test
    void aListenerIsWellThatAnotherWorkerAcceptsFrom() throws Exception {
        try (Python python = program(WITHOUT_DESCRIPTORS + """
                threading.Thread(target=server.accept, daemon=True).start()
                ready()
                """)) {
            Diagnosis found = why("state listening");

            assertThat(found.verdict()).isEqualTo(Verdict.HEALTHY);
            assertThat(found.also()).containsExactly(Verdict.FD_EXHAUSTION);
            assertThat(python.pid()).isPositive();
        }
    }

    /** Forks a worker that has used up its descriptors. */
    private static final String WITHOUT_DESCRIPTORS = """
            server.set_inheritable(True)
            worker = subprocess.Popen([sys.executable, '-c', '''
            import ctypes, os, resource, signal, time
            PR_SET_PDEATHSIG = 1
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))
            try:
                while True: os.dup(0)
            except OSError: time.sleep(1000)
            '''], close_fds=False)
            time.sleep(0.5)
            """;

    @Test
    void onlyAWorkerWithoutDescriptorsIsSaidToHaveNone() throws Exception {
        try (Python python = program(WITHOUT_DESCRIPTORS + "ready()\n")) {
            Diagnosis found = why("state listening");

            assertThat(found.verdict()).isEqualTo(Verdict.FD_EXHAUSTION);
            assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
            assertThat(found.summary()).contains("cannot accept").doesNotContain("[" + python.pid() + "]");
        }
    }

    @Test
    void aProgramThatReadsALittleAtATimeReads() throws Exception {
        try (Python python = program("""
                a = client(); b, _ = server.accept(); a.setblocking(False)
                def fill():
                    while True:
                        try: a.send(b'x' * 100000)
                        except BlockingIOError: time.sleep(0.02)
                def read():
                    while True: b.recv(100); time.sleep(0.05)
                threading.Thread(target=fill, daemon=True).start()
                time.sleep(1.5)
                threading.Thread(target=read, daemon=True).start()
                ready()
                """)) {
            String reader = "state established sport = :7777";
            Diagnosis once = why(reader);
            Diagnosis twice = why(reader, Duration.ofSeconds(1)).getFirst();
            Diagnosis writer = why("state established dport = :7777");

            assertThat(List.of(once, twice)).extracting(Diagnosis::verdict).containsOnly(Verdict.STALLED_READER);
            assertThat(List.of(once, twice)).extracting(Diagnosis::certainty).containsOnly(Certainty.LIKELY);
            assertThat(once.summary()).contains("does not read, or not fast enough");
            assertThat(twice.summary()).contains("reads more slowly than its peer sends");
            assertThat(writer.summary()).contains("does not read, or not fast enough");
            assertThat(python.pid()).isPositive();
        }
    }

    /** It has other addresses than those its peer knows. */
    @Test
    void anOtherEndBehindNatIsNotGone() throws Exception {
        namespace.exec("nft", "add table ip nat");
        namespace.exec("nft", "add chain ip nat out { type nat hook output priority -100; }");
        namespace.exec("nft", "add rule ip nat out tcp dport 8080 redirect to :7777");
        try (Python python = program("""
                a = socket.create_connection(('127.0.0.1', 8080)); b, _ = server.accept()
                b.shutdown(socket.SHUT_WR)
                ready()
                """)) {
            String held = ", held by python3[" + python.pid() + "]";

            assertThat(facts(why("state close-wait")))
                    .contains("the other end is on this host, at 127.0.0.1:7777", "FIN-WAIT-2" + held)
                    .doesNotContain("gone");
            assertThat(facts(why("state fin-wait-2"))).contains("translated on the way", "CLOSE-WAIT" + held);
        }
    }

    /** Its files show nothing then, neither its epoll sets nor what the other threads do. */
    @Test
    void nothingIsClaimedOfTheTableOfALeaderThatHasEnded() throws Exception {
        try (Python python = program("""
                import ctypes, select
                a = client(); b, _ = server.accept(); a.close()
                e = select.epoll(); e.register(b, select.EPOLLIN | select.EPOLLET)
                def go_on():
                    ready(); os._exit(0)
                threading.Thread(target=go_on).start()
                ctypes.CDLL(None).pthread_exit(None)
                """)) {
            assertThat(facts(why("state close-wait")))
                    .contains("what the threads of python3[" + python.pid() + "] do may not be seen")
                    .doesNotContain("epoll set");
        }
    }

    private static String facts(Diagnosis found) {
        return found.evidence().stream().map(Evidence::fact).collect(Collectors.joining("\n"));
    }
}
