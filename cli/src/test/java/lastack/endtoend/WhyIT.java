package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lastack.model.TcpState;
import lastack.testkit.Crowd;
import lastack.testkit.FullNamespace;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lastack why}, and whether its advice helps. */
final class WhyIT {
    private static final int PORT = 7000;

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

    private Server server(String kind) throws IOException {
        return switch (kind) {
            case "redis" -> Server.redis(namespace, PORT, folder);
            case "nginx" -> Server.nginx(namespace, PORT, folder);
            default -> Server.nc(namespace, PORT);
        };
    }

    private JsonObject only(String... filter) {
        List<String> words = new ArrayList<>(List.of("why", "--format", "json"));
        words.addAll(List.of(filter));
        Run run = lastack.run(words.toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
        Contract.holdsForAnswer(run.json());
        assertThat(run.json().getAsJsonArray("diagnoses")).hasSize(1);
        return run.json().getAsJsonArray("diagnoses").get(0).getAsJsonObject();
    }

    private static List<String> commands(JsonObject diagnosis) {
        List<String> commands = new ArrayList<>();
        for (JsonElement advice : diagnosis.getAsJsonArray("advice")) {
            JsonElement command = advice.getAsJsonObject().get("command");
            if (!command.isJsonNull()) {
                commands.add(command.getAsString());
            }
        }
        return commands;
    }

    @ParameterizedTest
    @ValueSource(strings = {"nc", "redis", "nginx"})
    void aStoppedServerThatLostItsClientIsToGoOnAndThenAllIsWell(String kind) throws IOException {
        try (Server server = server(kind)) {
            server.loseAClientWhileStopped();

            JsonObject found = only("state", "close-wait", "sport", "=", ":" + PORT);
            String advice = commands(found).getFirst();
            namespace.exec("bash", "-c", advice);

            assertThat(found.get("verdict").getAsString()).isEqualTo("owner-stopped");
            assertThat(advice).isEqualTo("kill -CONT " + server.pid());
            namespace.tcp().await("no CLOSE-WAIT", socket -> closeWaits() == 0);
        }
    }

    private int closeWaits() {
        return namespace.tcp().count(TcpState.CLOSE_WAIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "nginx"})
    void aClientThatCameWhileTheServerStoodStillIsNotAccepted(String kind) throws IOException {
        try (Server server = server(kind)) {
            server.stop();
            server.connect().close();

            JsonObject found = only("state", "close-wait", "unaccepted");
            Run listener = lastack.run("why", "state", "listening");

            assertThat(found.get("verdict").getAsString()).isEqualTo("unaccepted");
            assertThat(found.toString())
                    .contains("[" + server.pid() + "] is stopped by a signal", "has 1 in its accept queue");
            assertThat(commands(found)).contains("kill -CONT " + server.pid());
            assertThat(listener.out()).contains("owner-stopped (certain)");
            server.resume();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "nginx"})
    void aServerAtWorkWithAClientIsWell(String kind) throws IOException {
        try (Server server = server(kind);
                Socket client = server.client()) {
            JsonObject found = only("state", "established", "sport", "=", ":" + PORT);

            assertThat(found.get("verdict").getAsString()).isEqualTo("healthy");
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void everyAdvisedRemovalRemoves() throws IOException {
        try (Server server = server("nc")) {
            server.loseAClientWhileStopped();
            List<String> commands = commands(only("state", "close-wait"));
            String close = commands.stream()
                    .filter(command -> command.endsWith("--by shutdown"))
                    .findFirst()
                    .orElseThrow();

            String[] words = close.substring("lastack ".length()).split(" ", -1);
            Run plan = lastack.run(with("--dry-run", words));
            Run run = lastack.run(with("--yes", words));

            assertThat(plan.out()).contains("1 matched, 1 planned");
            assertThat(run.out()).contains("1 matched, 1 removed");
        }
    }

    private static String[] with(String option, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(option);
        return all.toArray(String[]::new);
    }

    @Test
    void hundredsBecomeOneParagraphAndOneCommand() throws InterruptedException {
        try (Crowd crowd = Crowd.of(namespace, 300)) {
            // What is younger than a second may just be passing: the command leaves it alone.
            Thread.sleep(1_100);

            Run run = lastack.run("why", "state", "close-wait");

            assertThat(run.exit()).isZero();
            assertThat(run.lines())
                    .hasSizeLessThan(30)
                    .anyMatch(line -> line.startsWith("CLOSE-WAIT  300 sockets, actor["));
            assertThat(run.out()).containsOnlyOnce("eof-never-read (").containsOnlyOnce("lastack help eof-never-read");

            String command = run.lines().stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("lastack close") && line.endsWith("--by shutdown"))
                    .findFirst()
                    .orElseThrow();
            String removed = namespace.exec("bash", "-c", "cd '" + Launcher.HOME + "' && ./" + command + " --yes");

            assertThat(removed).contains("300 matched, 300 removed");
            assertThat(crowd.count()).isZero();
        }
    }

    @Test
    void twoLooksTellWhatChanged() {
        try (Crowd crowd = Crowd.of(namespace, 5)) {
            Run run = lastack.run("why", "--sample", "500ms", "state", "close-wait");

            assertThat(run.out()).contains("in 500ms 0 came and 0 went");
            assertThat(crowd.count()).isEqualTo(5);
        }
    }

    @Test
    void aLimitIsHeededAndTold() {
        try (Crowd crowd = Crowd.of(namespace, 5)) {
            Run run = lastack.run("why", "--limit", "2", "state", "close-wait");

            assertThat(run.out()).contains("CLOSE-WAIT  2 sockets", "3 more matched, beyond the limit");
            assertThat(crowd.count()).isEqualTo(5);
        }
    }

    @Test
    void socketsInEveryStateAreDiagnosedInEveryForm() {
        try (FullNamespace full = FullNamespace.open()) {
            Launcher here = Launcher.in(full.namespace());

            Run json = here.run("why", "--format", "json");
            Run lines = here.run("why", "--format", "jsonl");
            Run text = here.run("why");

            Contract.holdsForAnswer(json.json());
            assertThat(json.json().getAsJsonArray("diagnoses"))
                    .hasSizeGreaterThan(full.situations().size());
            assertThat(lines.lines())
                    .allSatisfy(line -> Contract.holdsForDiagnosis(new Gson().fromJson(line, JsonObject.class)));
            assertThat(text.exit()).isZero();
            assertThat(text.out()).contains("unaccepted", "fin-unacknowledged", "owner-hidden", "nothing wrong with");
        }
    }

    @Test
    void aNamespaceOfAnotherNameIsNamedInTheCommands() throws IOException {
        try (Server server = server("nc");
                Namespace elsewhere = Namespace.open()) {
            server.loseAClientWhileStopped();
            String pid = Integer.toString(server.pid());

            Run run = Launcher.in(elsewhere).run("why", "--netns", pid, "state", "close-wait");

            assertThat(run.out()).contains("lastack close --netns " + namespace.inode() + " cookie = ");
        }
    }

    @Test
    void nothingMatchedIsExitThree() {
        Run text = lastack.run("why", "state", "close-wait");
        Run json = lastack.run("why", "--format", "json", "state", "close-wait");

        assertThat(text.exit()).isEqualTo(3);
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).contains("nothing matched");
        assertThat(json.exit()).isEqualTo(3);
        Contract.holdsForAnswer(json.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "jsonl"})
    void controlCharactersInTheNameOfAProcessAreNotPrinted(String format) throws IOException {
        try (Server nc = Server.ncNamed(namespace, PORT, folder.resolve("n\u001b[31m\u0007c"))) {
            nc.loseAClientWhileStopped();

            Run run = lastack.run("why", "--format", format);

            assertThat(run.out())
                    .contains(Integer.toString(nc.pid()))
                    .matches(text -> text.chars().allMatch(c -> c >= ' ' || c == '\n'));
        }
    }
}
