package lastack.endtoend;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lastack.model.TcpState;
import lastack.testkit.Namespace;
import org.awaitility.Awaitility;

/** A server of another maker that listens on one port of 127.0.0.1 in a namespace. */
final class Server implements AutoCloseable {
    /** The user of setpriv: nobody. */
    static final String PLAIN_USER = "65534";

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final Namespace namespace;
    private final Process process;
    private final int port;
    private final Dialogue dialogue;

    /**
     * How to see that a server serves.
     *
     * @param request what to send
     * @param answer how its answer ends
     */
    private record Dialogue(String request, String answer) {}

    private Server(Namespace namespace, int port, Dialogue dialogue, List<String> command) {
        this.namespace = namespace;
        this.port = port;
        this.dialogue = dialogue;
        this.process = namespace.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD));
        namespace
                .tcp()
                .await(
                        "a listener on port " + port,
                        socket -> socket.state() == TcpState.LISTEN
                                && socket.id().local().port() == port);
    }

    /** {@code nc -l PORT}: serves one client, and lingers when that goes away while it is stopped. */
    static Server nc(Namespace namespace, int port, String... options) {
        return nc(namespace, port, List.of(Program.NC.path()), options);
    }

    /** An nc under another name: the kernel takes the process's name from its file. */
    static Server ncNamed(Namespace namespace, int port, Path name) throws IOException {
        Files.copy(Path.of(Program.NC.path()), name, StandardCopyOption.COPY_ATTRIBUTES);
        return nc(namespace, port, List.of(name.toString()));
    }

    /** The same as a plain user. */
    static Server ncOfPlainUser(Namespace namespace, int port) {
        List<String> program = new ArrayList<>(asPlainUser());
        program.add(Program.NC.path());
        return nc(namespace, port, program);
    }

    private static Server nc(Namespace namespace, int port, List<String> program, String... options) {
        List<String> command = new ArrayList<>(program);
        command.add("-l");
        command.addAll(List.of(options));
        command.add(Integer.toString(port));
        return new Server(namespace, port, new Dialogue("hello\n", ""), command);
    }

    /** The words in front of a command that a plain user is to run. */
    static List<String> asPlainUser() {
        return List.of(Program.SETPRIV.path(), "--reuid", PLAIN_USER, "--regid", PLAIN_USER, "--clear-groups");
    }

    /** A Redis that keeps nothing. */
    static Server redis(Namespace namespace, int port, Path folder) {
        List<String> command = List.of(
                Program.REDIS_SERVER.path(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toString());
        return new Server(namespace, port, new Dialogue("PING\r\n", "+PONG\r\n"), command);
    }

    /** An nginx of one process that says {@code served} to everything. */
    static Server nginx(Namespace namespace, int port, Path folder) throws IOException {
        String configuration = """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {
                        listen 127.0.0.1:%d;
                        location / { return 200 served; }
                    }
                }
                """.formatted(port);
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration);
        List<String> command = List.of(Program.NGINX.path(), "-p", folder.toString(), "-c", file.toString());
        return new Server(
                namespace, port, new Dialogue("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "served"), command);
    }

    int pid() {
        return (int) process.pid();
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** A client's connection on which the server has answered once: it has accepted it. */
    Socket client() throws IOException {
        Socket client = connect();
        client.getOutputStream().write(dialogue.request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        client.setSoTimeout(10_000);
        while (!answer.toString().endsWith(dialogue.answer)) {
            int next = client.getInputStream().read();
            if (next < 0) {
                throw new IOException("port " + port + " said only " + answer);
            }
            answer.append((char) next);
        }
        return client;
    }

    /** A client's connection, which the kernel accepts even while the server is stopped. */
    Socket connect() throws IOException {
        try {
            return namespace.call(() -> new Socket(LOOPBACK, port));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client comes, the server accepts it and is stopped, the client goes away: CLOSE-WAIT. */
    void loseAClientWhileStopped() throws IOException {
        try (Socket client = client()) {
            awaitDescriptorOf(client);
            stop();
        }
        namespace
                .tcp()
                .await(
                        "CLOSE-WAIT on port " + port,
                        socket -> socket.state() == TcpState.CLOSE_WAIT
                                && socket.id().local().port() == port
                                && socket.inode() != 0);
    }

    /** The server has called accept once its end of the connection has an inode. */
    private void awaitDescriptorOf(Socket client) {
        namespace
                .tcp()
                .await(
                        "port " + port + " to accept",
                        socket -> socket.id().peer().port() == client.getLocalPort() && socket.inode() != 0);
    }

    /** Whether it serves a new client. */
    boolean serves() throws IOException {
        try (Socket client = client()) {
            return client.isConnected();
        }
    }

    /** SIGSTOP. */
    void stop() {
        signal("STOP");
        Awaitility.await().until(() -> state() == 'T');
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        namespace.exec("bash", "-c", "kill -" + name + " " + pid());
    }

    /** The letter of its state, {@code Z} or another once it has ended. */
    char state() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"), StandardCharsets.ISO_8859_1);
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    /** What a descriptor of it refers to: {@code socket:[4711]}; empty when it is closed. */
    String descriptor(int number) throws IOException {
        Path link = Path.of("/proc/" + pid() + "/fd/" + number);
        return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "";
    }

    /** Waits until it has ended. */
    boolean endsSoon() throws InterruptedException {
        return process.waitFor(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
