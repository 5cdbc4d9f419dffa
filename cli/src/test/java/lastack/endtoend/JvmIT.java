package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lastack.model.TcpState;
import lastack.testkit.Namespace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real programs that leak, on two JVMs: asked, traced and closed from outside, while their own traffic goes on. */
final class JvmIT {
    @TempDir
    private Path folder;

    private Namespace namespace;
    private Launcher lastack;

    @BeforeEach
    void open() {
        namespace = Namespace.open();
        lastack = Launcher.in(namespace);
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    /**
     * @param state of the leaked sockets
     * @param holds what must stand in the sentence on how it is held
     * @param opened what must stand in the stack of a traced opening
     */
    @ParameterizedTest(name = "Java {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            17 | AcceptedInList           | CLOSE-WAIT | static lastack.subjects.AcceptedInList.ACCEPTED -> ArrayList[  | AcceptedInList.lambda$main
            25 | AcceptedInList           | CLOSE-WAIT | static lastack.subjects.AcceptedInList.ACCEPTED -> ArrayList[  | AcceptedInList.lambda$main
            17 | MapOfHolders             | CLOSE-WAIT | MapOfHolders.sessions -> ConcurrentHashMap[                    | MapOfHolders.lambda$main
            25 | MapOfHolders             | CLOSE-WAIT | MapOfHolders.sessions -> ConcurrentHashMap[                    | MapOfHolders.lambda$main
            17 | SelectorIgnoresEof       | CLOSE-WAIT | thread event loop -> Subject                                   | SelectorIgnoresEof.loop
            25 | SelectorIgnoresEof       | CLOSE-WAIT | thread event loop -> Subject                                   | SelectorIgnoresEof.loop
            17 | ClosedStaysInList        | CLOSE-WAIT | static lastack.subjects.ClosedStaysInList.OPEN -> ArrayList[   | ClosedStaysInList.leak
            25 | ClosedStaysInList        | CLOSE-WAIT | static lastack.subjects.ClosedStaysInList.OPEN -> ArrayList[   | ClosedStaysInList.leak
            17 | LostReference            | CLOSE-WAIT | no longer referenced and the next GC closes it                 | lastack.subjects.Subject.lambda$start
            25 | LostReference            | CLOSE-WAIT | no longer referenced and the next GC closes it                 | lastack.subjects.Subject.lambda$start
            17 | BlockedReader            | ESTAB      | only by the stack of the thread that is in it                  | BlockedReader.read
            25 | BlockedReader            | ESTAB      | only by the stack of the thread that is in it                  | BlockedReader.read
            17 | StackLocal               | CLOSE-WAIT | a local variable of a running method has it                    | StackLocal.work
            25 | StackLocal               | CLOSE-WAIT | a local variable of a running method has it                    | StackLocal.work
            17 | VirtualThreads           | ESTAB      | thread                                                         | VirtualThreads.lambda$main
            25 | VirtualThreads           | ESTAB      | VirtualThreads$$Lambda                                         | VirtualThreads.lambda$main
            17 | TlsServer                | CLOSE-WAIT | CLIENTS -> ArrayList[0] -> SSLSocketImpl                       | TlsServer.lambda$main
            25 | TlsServer                | CLOSE-WAIT | CLIENTS -> ArrayList[0] -> SSLSocketImpl                       | TlsServer.lambda$main
            17 | TomcatAsync              | CLOSE-WAIT | NioEndpoint.connections -> ConcurrentHashMap[                  | org.apache.tomcat.util.net.NioEndpoint.serverSocketAccept
            25 | TomcatAsync              | CLOSE-WAIT | NioEndpoint.connections -> ConcurrentHashMap[                  | org.apache.tomcat.util.net.NioEndpoint.serverSocketAccept
            17 | JettyUncompleted         | CLOSE-WAIT | SocketChannelEndPoint._channel -> SocketChannelImpl            | org.eclipse.jetty.server.ServerConnector.accept
            25 | JettyUncompleted         | CLOSE-WAIT | SocketChannelEndPoint._channel -> SocketChannelImpl            | org.eclipse.jetty.server.ServerConnector.accept
            17 | NettyNoRead              | CLOSE-WAIT | SelectionKeyImpl.attachment -> NioSocketChannel                | io.netty.util.internal.SocketUtils
            25 | NettyNoRead              | CLOSE-WAIT | SelectionKeyImpl.attachment -> NioSocketChannel                | io.netty.util.internal.SocketUtils
            17 | NettyNoRead epoll        | CLOSE-WAIT | -> EpollSocketChannel                                          | io.netty.channel.epoll
            25 | NettyNoRead epoll        | CLOSE-WAIT | -> EpollSocketChannel                                          | io.netty.channel.epoll
            25 | later.HelidonBlocked     | CLOSE-WAIT | ConnectionHandler.socket -> SocketChannelImpl                  | io.helidon.webserver.ServerListener
            17 | OkHttpPool               | CLOSE-WAIT | RealConnectionPool.connections -> ConcurrentLinkedQueue[*]     | okhttp3.internal.connection.RealConnection.connectSocket
            25 | OkHttpPool               | CLOSE-WAIT | RealConnectionPool.connections -> ConcurrentLinkedQueue[*]     | okhttp3.internal.connection.RealConnection.connectSocket
            17 | HttpClient5Pool          | CLOSE-WAIT | available -> LinkedList[*] -> PoolEntry                        | org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator
            25 | HttpClient5Pool          | CLOSE-WAIT | available -> LinkedList[*] -> PoolEntry                        | org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator
            17 | HttpClient4Pool          | CLOSE-WAIT | CPool.available -> LinkedList[*] -> CPoolEntry                 | org.apache.http.impl.conn.DefaultHttpClientConnectionOperator
            25 | HttpClient4Pool          | CLOSE-WAIT | CPool.available -> LinkedList[*] -> CPoolEntry                 | org.apache.http.impl.conn.DefaultHttpClientConnectionOperator
            17 | JdkHttpUnread            | CLOSE-WAIT | PlainHttpConnection                                            | jdk.internal.net.http.PlainHttpConnection.<init>
            25 | JdkHttpUnread            | CLOSE-WAIT | PlainHttpConnection                                            | jdk.internal.net.http.PlainHttpConnection.<init>
            """)
    void namesTheHolderAndTheOpeningLineAndClosesTheObject(
            int java, String main, String state, String holds, String opened) throws IOException {
        try (JavaProgram program = JavaProgram.start(namespace, java, words(main))) {
            List<String> leaks = leaksOf(program, state);
            awaitOne(leaks);
            assertThat(found(leaks))
                    .anySatisfy(socket ->
                            assertThat(socket.get("holding").getAsString()).contains(holds));

            Run trace = lastack.run("jvm", Integer.toString(program.pid()), "--trace");
            assertThat(trace.exit()).as(trace.err()).isZero();
            program.leakAgain();
            // A pool lets go of the first as soon as it is asked for another.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(found(leaks))
                            .anySatisfy(socket -> assertThat(openedBy(socket)).contains(opened)));

            if (state.equals("CLOSE-WAIT")) {
                Awaitility.await().untilAsserted(() -> assertWhyShowsTheOpening(leaks));
            }

            closeAll(leaks, state);
            assertGoneForSs(program, state);

            Run detached = lastack.run("jvm", Integer.toString(program.pid()), "--detach");
            assertThat(detached.exit()).as(detached.err()).isZero();
            program.endsHavingLostNothing();
        }
    }

    private void assertWhyShowsTheOpening(List<String> leaks) {
        Run why = lastack.run(command(List.of("why", "--format", "json"), leaks));

        assertThat(why.exit()).as(why.err()).isZero();
        assertThat(why.out()).contains("opened ").contains(" on thread ").contains("the agent in java[");
    }

    private String[] words(String main) {
        List<String> words = new ArrayList<>(List.of(main.split(" ", -1)));
        if (main.equals("TlsServer")) {
            words.add(keyStore().toString());
        }
        return words.toArray(String[]::new);
    }

    private Path keyStore() {
        Path file = folder.resolve("keys.p12");
        namespace.exec(
                JavaProgram.home(25).resolve("bin/keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret",
                "-alias",
                "here",
                "-keyalg",
                "EC",
                "-dname",
                "CN=here");
        return file;
    }

    /** The words of a filter for what it leaks. */
    private static List<String> leaksOf(JavaProgram program, String state) {
        String port = ":" + program.port();
        return List.of(
                "state",
                state.equals("ESTAB") ? "established" : state.toLowerCase(Locale.ROOT),
                "pid",
                "=",
                Integer.toString(program.pid()),
                "(",
                "sport",
                "=",
                port,
                "or",
                "dport",
                "=",
                port,
                ")");
    }

    private List<JsonObject> found(List<String> filter) {
        Run run = lastack.run(command(List.of("jvm", "--format", "json"), filter));
        assertThat(run.exit()).as(run.err()).isZero();
        List<JsonObject> sockets = new ArrayList<>();
        for (JsonElement jvm : run.json().getAsJsonArray("jvms")) {
            for (JsonElement socket : jvm.getAsJsonObject().getAsJsonArray("sockets")) {
                JsonObject object = socket.getAsJsonObject();
                assertThat(object.get("object").isJsonObject())
                        .as("an object is found for every socket: %s", object)
                        .isTrue();
                sockets.add(object);
            }
        }
        return sockets;
    }

    private static String openedBy(JsonObject socket) {
        return socket.get("opened").isJsonNull()
                ? ""
                : socket.getAsJsonObject("opened").getAsJsonArray("stack").toString();
    }

    /** A connection that was whole goes on to close as TCP does, but its descriptor is released at once. */
    private void closeAll(List<String> filter, String state) {
        Run run = lastack.run(
                command(List.of("close", "--yes", "--by", "jvm", "--format", "json", "--wait", "500ms"), filter));
        assertThat(run.json().getAsJsonArray("results")).isNotEmpty().allSatisfy(one -> {
            JsonObject result = one.getAsJsonObject();
            assertThat(result.get("method").getAsString()).as(result.toString()).isEqualTo("jvm");
            assertThat(result.get("fd_freed").getAsBoolean())
                    .as(result.toString())
                    .isTrue();
            if (state.equals("CLOSE-WAIT")) {
                assertThat(result.get("outcome").getAsString())
                        .as(result.toString())
                        .isEqualTo("removed");
            }
        });
    }

    private static String[] command(List<String> before, List<String> filter) {
        List<String> words = new ArrayList<>(before);
        words.addAll(filter);
        return words.toArray(String[]::new);
    }

    @Test
    void closesInAJvmThatAnotherLauncherStarted() throws Exception {
        Process server = namespace.start(new ProcessBuilder(
                JavaProgram.home(25).resolve("bin/jwebserver").toString(), "-p", "8000", "-d", folder.toString()));
        try {
            namespace.tcp().await("a listener", socket -> socket.state() == TcpState.LISTEN);
            try (Socket client = namespace.call(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), 8000))) {
                List<String> accepted = List.of("sport", "=", ":8000", "dport", "=", ":" + client.getLocalPort());
                awaitOne(accepted);

                closeAll(accepted, "ESTAB");

                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            server.destroyForcibly();
        }
    }

    private int count(List<String> filter) {
        return (int)
                lastack.run(command(List.of("ls", "-H"), filter)).out().lines().count();
    }

    private void awaitOne(List<String> filter) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count(filter) > 0);
    }

    private void assertGoneForSs(JavaProgram program, String state) {
        String filter = "( sport = :" + program.port() + " or dport = :" + program.port() + " )";
        List<String> left = namespace
                .exec("ss", "-Htanp", "state", state.equals("ESTAB") ? "established" : "close-wait", filter)
                .lines()
                .filter(line -> line.contains("pid=" + program.pid() + ","))
                .toList();
        assertThat(left).isEmpty();
    }
}
