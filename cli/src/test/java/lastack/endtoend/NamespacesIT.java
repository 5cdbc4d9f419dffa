package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lastack.model.Family;
import lastack.model.TcpState;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.ControlGroup;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three namespaces, as three containers have them, with a stuck connection of the very same addresses and ports in each. */
final class NamespacesIT {
    private static final int PORT = 9000;
    private static final int CLIENT_PORT = 40000;
    private static final String ID = "5e1f".repeat(16);
    private static final String POD = "6f3c1b52-5d5f-4a43-9d0e-0c2f5f3a9b11";

    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();
    private Launcher lastack;

    @BeforeEach
    void loseTheSameClientInEach() {
        for (int i = 0; i < 3; i++) {
            namespaces.add(Namespace.open());
            actors.add(Actor.in(namespaces.getLast()));
            loseAClient(actors.getLast());
        }
        lastack = Launcher.in(namespaces.getFirst());
    }

    private static void loseAClient(Actor actor) {
        ActorSocket listener = actor.socket(Family.INET);
        listener.bind("127.0.0.1", PORT);
        listener.listen(1);
        ActorSocket client = actor.socket(Family.INET);
        client.bind("127.0.0.1", CLIENT_PORT);
        client.connect("127.0.0.1", PORT);
        ActorSocket accepted = listener.accept();
        client.finish();
        accepted.await(TcpState.CLOSE_WAIT);
    }

    @AfterEach
    void close() {
        actors.forEach(Actor::close);
        namespaces.forEach(Namespace::close);
    }

    @Test
    void tellsSocketsOfTheSameAddressesApart() {
        Run run = lastack.run(
                "ls", "--netns", "all", "--format", "json", "state", "close-wait", "sport", "=", ":" + PORT);

        List<JsonObject> sockets = ours(run).toList();
        assertThat(sockets).hasSize(3);
        for (JsonObject socket : sockets) {
            int at = indexOf(socket);
            assertThat(socket.getAsJsonArray("owners")).hasSize(1);
            assertThat(owner(socket).get("pid").getAsInt())
                    .isEqualTo(actors.get(at).pid());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--netns %d", "--netns all netns = %d"})
    void closesOnlyInTheNamespaceThatIsNamed(String where) {
        List<String> line = new ArrayList<>(List.of("close", "--yes", "state", "close-wait", "sport", "=", ":" + PORT));
        line.addAll(List.of(where.formatted(namespaces.get(1).inode()).split(" ", -1)));

        Run run = lastack.run(line.toArray(String[]::new));

        assertThat(run.out()).contains("1 matched, 1 removed");
        assertThat(stuckIn(0)).isOne();
        assertThat(stuckIn(1)).isZero();
        assertThat(stuckIn(2)).isOne();
    }

    @Test
    void namesANamespaceByItsContainer() {
        try (ControlGroup container = ControlGroup.make("system.slice/docker-" + ID + ".scope")) {
            container.add(actors.get(1).pid());

            Run run = lastack.run("ls", "--netns", "all", "--format", "json", "container", "=", ID.substring(0, 8));

            List<JsonObject> sockets = ours(run).toList();
            assertThat(sockets).isNotEmpty().allSatisfy(socket -> {
                assertThat(socket.getAsJsonObject("netns").get("name").getAsString())
                        .isEqualTo(ID.substring(0, 12));
                assertThat(owner(socket).get("container").getAsString()).isEqualTo(ID);
                assertThat(owner(socket).get("container_runtime").getAsString()).isEqualTo("docker");
            });
            assertThat(lastack.run("ls", "-H", "--netns", ID.substring(0, 12), "state", "close-wait")
                            .lines())
                    .hasSize(1);
            actors.get(1).close();
        }
    }

    @Test
    void namesANamespaceByItsPodAndService() {
        String path = "kubepods.slice/kubepods-pod" + POD.replace('-', '_') + ".slice/cri-containerd-" + ID + ".scope";
        try (ControlGroup pod = ControlGroup.make(path);
                ControlGroup service = ControlGroup.make("system.slice/isolated.service")) {
            pod.add(actors.get(1).pid());
            service.add(actors.get(2).pid());

            Run inPod = lastack.run("ls", "--netns", POD, "--format", "json", "state", "close-wait");
            Run inService = lastack.run("ls", "--netns", "isolated.service", "--format", "json", "state", "close-wait");

            JsonObject ofPod = ours(inPod).toList().getFirst();
            assertThat(owner(ofPod).get("pid").getAsInt())
                    .isEqualTo(actors.get(1).pid());
            assertThat(owner(ofPod).get("pod").getAsString()).isEqualTo(POD);
            JsonObject ofService = ours(inService).toList().getFirst();
            assertThat(owner(ofService).get("unit").getAsString()).isEqualTo("isolated.service");
            assertThat(ofService.getAsJsonObject("netns").get("name").getAsString())
                    .isEqualTo("isolated.service");
            actors.forEach(Actor::close);
        }
    }

    @Test
    void tellsThePidInsideAContainerToo() throws Exception {
        Process nc = namespaces
                .get(2)
                .start(new ProcessBuilder(
                        "unshare", "--pid", "--fork", "--kill-child", Program.NC.path(), "-l", "9001"));
        try {
            namespaces.get(2).tcp().await("nc", socket -> socket.id().local().port() == 9001);

            Run run = lastack.run(
                    "ls", "--netns", "all", "--format", "json", "state", "listening", "sport", "=", ":9001");

            JsonObject owner = owner(ours(run).toList().getFirst());
            assertThat(owner.get("pid_inside").getAsInt()).isOne();
            assertThat(owner.get("pid").getAsLong()).isNotEqualTo(1);
        } finally {
            nc.destroyForcibly();
            nc.waitFor();
        }
    }

    @Test
    void aPlainUserIsToldOnceThatOthersCannotBeEntered(@TempDir Path copy) throws IOException {
        Launcher.copyTo(copy);
        Launcher plain = lastack.from(copy).behind(Server.asPlainUser().toArray(String[]::new));
        try (Server nc = Server.ncOfPlainUser(namespaces.get(1), 9002)) {

            Run run = plain.run("ls", "--netns", "all", "--format", "json", "state", "close-wait");

            assertThat(nc.pid()).isPositive();
            List<JsonObject> gaps = objects(run, "gaps")
                    .filter(gap -> gap.get("what").getAsString().equals("network namespaces"))
                    .filter(gap -> gap.get("remedy").getAsString().contains("CAP_SYS_ADMIN"))
                    .toList();
            assertThat(gaps).hasSizeBetween(1, 2);
            assertThat(gaps)
                    .anySatisfy(gap -> assertThat(gap.get("why").getAsString()).contains("cannot be listed"));
        }
    }

    /** Other tests may run beside this one. */
    private Stream<JsonObject> ours(Run run) {
        return objects(run, "sockets").filter(socket -> indexOf(socket) >= 0);
    }

    private static Stream<JsonObject> objects(Run run, String name) {
        return StreamSupport.stream(run.json().getAsJsonArray(name).spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }

    private int indexOf(JsonObject socket) {
        long inode = socket.getAsJsonObject("netns").get("inode").getAsLong();
        return namespaces.stream().map(Namespace::inode).toList().indexOf(inode);
    }

    private static JsonObject owner(JsonObject socket) {
        return socket.getAsJsonArray("owners").get(0).getAsJsonObject();
    }

    private long stuckIn(int namespace) {
        return namespaces.get(namespace).tcp().list().stream()
                .filter(socket -> socket.state() == TcpState.CLOSE_WAIT)
                .count();
    }
}
