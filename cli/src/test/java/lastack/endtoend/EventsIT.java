package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lastack.model.Family;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lastack events} on a connection of two programs in a namespace of their own; the port keeps it apart from others of this host. */
final class EventsIT {
    private static final int PORT = 7422;
    private static final String[] HERE = {"sport", "=", ":" + PORT, "or", "dport", "=", ":" + PORT};

    @TempDir
    private static Path copy;

    private final Namespace namespace = Namespace.open();
    private Actor server;
    private Actor client;
    private ActorSocket listener;

    @BeforeEach
    void listen() {
        server = Actor.in(namespace);
        client = Actor.in(namespace);
        listener = server.socket(Family.INET);
        listener.bind("127.0.0.1", PORT);
        listener.listen(8);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        namespace.close();
    }

    /** Connects, and ends it with a reset, so that nothing is left in TIME-WAIT. */
    private void connectOnce() {
        ActorSocket socket = client.socket(Family.INET);
        socket.connect("127.0.0.1", PORT);
        ActorSocket accepted = listener.accept();
        socket.linger(0);
        socket.close();
        accepted.close();
    }

    private static String[] events(String... options) {
        List<String> words = new ArrayList<>(List.of("events"));
        words.addAll(List.of(options));
        words.addAll(List.of(HERE));
        return words.toArray(String[]::new);
    }

    /** Runs until it has seen enough of the connections that are made meanwhile. */
    private Run runWhileConnecting(Launcher lastack, String... args) throws InterruptedException {
        Thread traffic = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    Thread.sleep(100);
                    connectOnce();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return lastack.run(args);
        } finally {
            traffic.interrupt();
            traffic.join();
        }
    }

    @Test
    void showsSoManyChangesAndEnds() throws InterruptedException {
        Run run = runWhileConnecting(Launcher.in(namespace), events("--count", "12"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(13);
        assertThat(run.lines().getFirst()).startsWith("TIME").contains("FROM", "TO", "STAYED", "NETNS", "OWNER");
        assertThat(run.out()).contains("SYN-SENT     ESTAB", "127.0.0.1:" + PORT);
    }

    @Test
    void printsOneObjectALineThatScriptsCanRead() throws InterruptedException {
        Run run = runWhileConnecting(Launcher.in(namespace), events("--format", "jsonl", "--count", "12"));

        assertThat(run.lines()).hasSize(12);
        for (String line : run.lines()) {
            JsonObject change = new Gson().fromJson(line, JsonObject.class);
            assertThat(change.keySet())
                    .contains("time", "from", "to", "source", "stayed_ms", "stayed_source", "stayed_is", "identified");
            assertThat(change.get("source").getAsString()).isEqualTo("event");
            assertThat(change.getAsJsonObject("socket").get("state")).isEqualTo(change.get("to"));
        }
    }

    @Test
    void printsRowsOfAsManyCellsAsTheHeader() throws InterruptedException {
        Run run = runWhileConnecting(Launcher.in(namespace), events("--format", "csv", "--count", "6"));

        assertThat(run.lines()).hasSize(7);
        assertThat(run.lines()).extracting(line -> line.split(",", -1).length).containsOnly(24);
    }

    @Test
    void sumsUpWhatHappenedInATime() throws InterruptedException {
        Run text = runWhileConnecting(Launcher.in(namespace), events("--summary", "--for", "2s"));
        Run json = runWhileConnecting(Launcher.in(namespace), events("--summary", "--for", "2s", "--format", "jsonl"));

        assertThat(text.exit()).isZero();
        assertThat(text.out()).contains("changes in 2.", "FROM \\ TO", "STAYED IN", "P50", "P99");
        assertThat(json.json().get("changes").getAsLong()).isPositive();
        assertThat(json.json().getAsJsonArray("transitions")).isNotEmpty();
        assertThat(json.json().getAsJsonArray("stayed")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void sumsUpWhenInterruptedAndEndsAsTheSignalSays(String signal) throws Exception {
        Process process = start("--summary");
        Wait.until(() -> listens(process));
        TimeUnit.SECONDS.sleep(1);
        connectOnce();
        TimeUnit.SECONDS.sleep(1);

        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();

        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).matches("\\d+ changes in .*");
        }
        assertThat(process.waitFor()).isEqualTo(signal.equals("INT") ? 130 : 143);
    }

    private static boolean listens(Process process) throws IOException {
        Path descriptors = Path.of("/proc/" + process.pid() + "/fd");
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                if (Files.isSymbolicLink(link)
                        && Files.readSymbolicLink(link).toString().contains("perf_event")) {
                    return true;
                }
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return false;
    }

    private Process start(String... options) {
        // Whoever runs the tests in the background ignores SIGINT, and so would what they start.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Launcher.HOME.resolve("lastack").toString());
        command.addAll(List.of(events(options)));
        return namespace.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    @Test
    void endsQuietlyWhenNobodyReads() throws Exception {
        Process process = namespace.start(new ProcessBuilder(
                "bash",
                "-c",
                Launcher.HOME.resolve("lastack") + " events dport = :" + PORT + " | head -n 1; echo ${PIPESTATUS[0]}"));
        TimeUnit.SECONDS.sleep(3);
        for (int i = 0; i < 20; i++) {
            connectOnce();
            TimeUnit.MILLISECONDS.sleep(50);
        }

        try (BufferedReader out = process.inputReader()) {
            assertThat(out.lines().toList()).hasSize(2).last().isEqualTo("0");
        }
        try (BufferedReader err = process.errorReader()) {
            assertThat(err.lines().filter(line -> !line.startsWith("note:"))).isEmpty();
        }
    }

    @Test
    void looksAgainAndAgainForAUserWhoMayNotTraceAndSaysSo() throws IOException, InterruptedException {
        Launcher.copyTo(copy);
        Launcher plain =
                Launcher.in(namespace).from(copy).behind(Server.asPlainUser().toArray(String[]::new));
        List<String> words =
                List.of("events", "--netns", "self", "--every", "100ms", "--count", "1", "state", "listening");
        Thread later = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 40; i++) {
                ActorSocket another = client.socket(Family.INET);
                another.bind("127.0.0.1", 0);
                another.listen(1);
                sleep();
            }
        });

        Run run = plain.run(words.toArray(String[]::new));
        later.join();

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("looked at again and again", "run as root");
        assertThat(run.lines()).hasSize(2);
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void explainsAMistakeInTheFilter() {
        Run run = Launcher.in(namespace).run("events", "state", "closewiat");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("closewiat", "^");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--for=soon", "--count=0", "--every=1", "--format=json"})
    void explainsAMistakeInAnOption(String option) {
        Run run = Launcher.in(namespace).run("events", option);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(option.substring(0, option.indexOf('=')));
    }

    @Test
    void saysThatThereIsNoSuchNamespace() {
        Run run = Launcher.in(namespace).run("events", "--netns", "nosuch");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("network namespace nosuch");
    }

    @Test
    void worksWhereIpNetnsHasPutAnotherSysOverTracefs() throws InterruptedException {
        Launcher hidden = Launcher.in(namespace)
                .behind("unshare", "-m", "sh", "-c", "mount -t sysfs none /sys && exec \"$@\"", "sh");

        Run run = runWhileConnecting(hidden, events("--count", "6"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("again and again");
        assertThat(run.lines()).hasSize(7);
    }

    @Test
    void doctorSaysHowChangesAreSeen() {
        Run run = Launcher.in(namespace).run("doctor");

        assertThat(run.out()).containsPattern("ok +events as they happen");
    }
}
