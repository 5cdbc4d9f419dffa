package lastack.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import lastack.filter.Filter;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import lastack.testkit.ChildJvm;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools of connections as people use them, at a server that closes what is idle. */
final class PoolsKernelTest {
    private static final Thresholds SHORT = new Thresholds(60_000, 200, 50, 80);

    private static final String URL = "http://127.0.0.1:8080/";

    /** With keep-alive, and a timeout of half a second. */
    private static final String SERVER = """
            import http.server
            class Handler(http.server.BaseHTTPRequestHandler):
                protocol_version = 'HTTP/1.1'
                timeout = 0.5
                def do_GET(self):
                    self.send_response(200); self.send_header('Content-Length', '60000'); self.end_headers()
                    self.wfile.write(b'x' * 60000)
                def log_message(self, *a): pass
            web = http.server.ThreadingHTTPServer(('127.0.0.1', 8080), Handler)
            print('ready'); web.serve_forever()
            """;

    /** One connection for each of four threads, given back to the one pool of the session. */
    private static final String REQUESTS = """
            import requests, sys, threading, time
            session = requests.Session(); url = '%s'
            def all(stream):
                gate = threading.Barrier(4); got = []
                def get():
                    gate.wait(); r = session.get(url, stream=True); gate.wait(); got.append(r)
                    if not stream: r.content
                threads = [threading.Thread(target=get) for i in range(4)]
                for t in threads: t.start()
                for t in threads: t.join()
                return got
            kept = all(sys.argv[1:] == ['forget'])
            time.sleep(1.5); print('ready'); sys.stdin.readline()
            all(False); print('used'); sys.stdin.readline()
            """.formatted(URL);

    /** The pool. */
    enum Client {
        APACHE_HTTP_CLIENT {
            @Override
            Process start(Namespace namespace, String... arguments) throws IOException {
                String[] all = new String[arguments.length + 1];
                all[0] = URL;
                System.arraycopy(arguments, 0, all, 1, arguments.length);
                return ChildJvm.in(namespace).start(ApachePool.class, all);
            }
        },
        PYTHON_REQUESTS {
            @Override
            Process start(Namespace namespace, String... arguments) throws IOException {
                ProcessBuilder builder = new ProcessBuilder("python3", "-u", "-c", REQUESTS);
                builder.command().addAll(List.of(arguments));
                return namespace.start(builder.redirectError(ProcessBuilder.Redirect.INHERIT));
            }
        };

        abstract Process start(Namespace namespace, String... arguments) throws IOException;
    }

    private final Namespace namespace = Namespace.open();
    private Python server;

    @BeforeEach
    void serve() throws IOException {
        server = Python.ready(namespace, SERVER);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        namespace.close();
    }

    private Report report(Duration sample) throws Exception {
        return namespace.call(() -> {
            try (SocketTables tables = SocketTables.open("self")) {
                return new Investigation(tables, SHORT, Integer.MAX_VALUE)
                        .of(Query.of(Filter.parse("state close-wait dport = :8080")), sample);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void mayBeIdleOrLostAndSaysWhatWouldSettleIt(Client client) throws Exception {
        try (Conversation program = new Conversation(client.start(namespace))) {
            Report report = report(Duration.ZERO);

            assertThat(report.diagnoses()).hasSize(4).allSatisfy(found -> {
                assertThat(found.verdict()).isEqualTo(Verdict.EOF_NEVER_READ);
                assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
                assertThat(found.summary()).contains("idle in a pool, or lost");
                assertThat(found.settledBy()).contains("lastack why --sample 10s while the program works");
            });
            assertThat(report.groups()).singleElement().satisfies(group -> {
                assertThat(group.peer()).isEqualTo("to 127.0.0.1:8080");
                assertThat(group.owner()).endsWith("[" + program.pid() + "]");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void isSettledByASecondLookWhileThePoolIsUsed(Client client) throws Exception {
        try (Conversation program = new Conversation(client.start(namespace))) {
            CompletableFuture<Report> looks = CompletableFuture.supplyAsync(() -> {
                try {
                    return report(Duration.ofSeconds(6));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Thread.sleep(3_000);
            program.goOn("used");

            Report after = looks.join();

            // Those of the first look were closed; those that took their place are idle, and the server has closed them
            // again.
            assertThat(after.gone()).isEqualTo(4);
            assertThat(after.groups()).extracting(Group::growth).containsExactly(new Growth(4, 4, 6_000));
        }
    }

    /** What the pool has lent and nobody gives back is no idle connection: the response is there and unread. */
    @ParameterizedTest
    @EnumSource(Client.class)
    void isNotTakenForIdleWhereTheResponseIsNotRead(Client client) throws Exception {
        try (Conversation program = new Conversation(client.start(namespace, "forget"))) {
            Report report = report(Duration.ZERO);

            assertThat(report.diagnoses()).hasSize(4).allSatisfy(found -> {
                assertThat(found.verdict()).isEqualTo(Verdict.UNREAD_DATA);
            });
            assertThat(program.pid()).isPositive();
        }
    }
}
