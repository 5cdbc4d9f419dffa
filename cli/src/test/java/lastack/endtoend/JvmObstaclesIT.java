package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JVMs that do not let anybody in, or must not be touched now: each gets a clear answer, and nothing is left behind. */
final class JvmObstaclesIT {
    private static final String LEAK = "AcceptedInList";

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

    private static List<Path> foldersOfAgents() throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/tmp"), "lastack-????????????????")) {
            all.forEach(folders::add);
        }
        return folders;
    }

    private Run ask(JavaProgram program) {
        return lastack.run("jvm", Integer.toString(program.pid()));
    }

    @ParameterizedTest
    @CsvSource({
        "25, -XX:+DisableAttachMechanism, 'it was started with -XX:+DisableAttachMechanism; start it with -javaagent:'",
        "25, -XX:-EnableDynamicAgentLoading, 'it was started with -XX:-EnableDynamicAgentLoading; start it with -javaagent:'",
        "17, @%s, 'it does not let anybody attach'",
    })
    void saysThatAJvmIsClosed(int java, String option, String answer, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("options"), "-XX:+DisableAttachMechanism");
        List<String> options = List.of(option.replace("%s", file.toString()));
        List<Path> before = foldersOfAgents();
        try (JavaProgram program = JavaProgram.start(namespace, java, List.of(), options, LEAK)) {
            Run run = ask(program);

            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.err()).contains(answer);
            assertThat(before).containsAll(foldersOfAgents());
            assertThat(program.output()).doesNotContain("Full thread dump");
            program.endsHavingLostNothing();
        }
    }

    @Test
    void leavesAStoppedJvmAloneAndSaysHowItGoesOn() throws IOException {
        try (JavaProgram program = JavaProgram.start(namespace, 17, LEAK)) {
            program.signal(namespace, "STOP");

            Run run = ask(program);

            program.signal(namespace, "CONT");
            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.err())
                    .contains("it is stopped and cannot answer; let it go on: kill -CONT " + program.pid());
            program.endsHavingLostNothing();
            assertThat(program.output()).doesNotContain("Full thread dump");
        }
    }

    @Test
    void saysWhichUserMay(@TempDir Path copy) throws IOException {
        Launcher.copyTo(copy);
        try (JavaProgram program = JavaProgram.start(namespace, 17, LEAK)) {
            Run run = lastack.from(copy)
                    .behind(Server.asPlainUser().toArray(String[]::new))
                    .run("jvm", Integer.toString(program.pid()));

            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.err()).contains("needs its own user, or root");
            assertThat(program.isAlive()).isTrue();
        }
    }

    @Test
    void goesIntoTheJvmOfAnotherUserAsThatUser() throws IOException {
        List<String> nobody = Server.asPlainUser();
        try (JavaProgram program = JavaProgram.start(namespace, 25, nobody, List.of(), LEAK)) {
            Run run = ask(program);

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("held by static lastack.subjects.AcceptedInList.ACCEPTED");
            assertThat(foldersOfAgents())
                    .anySatisfy(folder ->
                            assertThat(Files.getOwner(folder).getName()).isEqualTo("nobody"));
            assertThat(lastack.run("jvm", Integer.toString(program.pid()), "--detach")
                            .exit())
                    .isZero();
            program.endsHavingLostNothing();
        }
    }

    @Test
    void goesIntoAContainersJvmAlthoughItIsProcessOneThere() throws IOException {
        List<String> container = List.of("unshare", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc", "--");
        try (JavaProgram unshare = JavaProgram.start(namespace, 17, container, List.of(), LEAK)) {
            String java = namespace
                    .exec("pgrep", "-P", Integer.toString(unshare.pid()))
                    .trim();

            Run run = lastack.run("jvm", java);

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("held by static lastack.subjects.AcceptedInList.ACCEPTED");
            assertThat(lastack.run("jvm", java, "--detach").exit()).isZero();
            unshare.endsHavingLostNothing();
        }
    }

    @Test
    void asksAnAgentThatCameWithTheJvmWhereNobodyMayAttach(@TempDir Path folder) throws IOException {
        Path agent = folder.resolve("agent.jar");
        assertThat(lastack.run("jvm", "--save-agent", agent.toString()).exit()).isZero();
        List<String> options = List.of("-javaagent:" + agent, "-XX:+DisableAttachMechanism");
        try (JavaProgram program = JavaProgram.start(namespace, 25, List.of(), options, LEAK)) {
            Run run = ask(program);

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("held by static lastack.subjects.AcceptedInList.ACCEPTED")
                    .containsPattern("opened .* ago on thread main:\n.*\n?.*")
                    .contains("AcceptedInList.lambda$main$0(AcceptedInList.java:");
            program.endsHavingLostNothing();
        }
    }

    @Test
    void takesNoOtherProgramForAJvm() {
        try (Server nc = Server.nc(namespace, 9999)) {
            Run run = lastack.run("jvm", Integer.toString(nc.pid()));

            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.err()).contains("it is no JVM: no libjvm.so is loaded in it");
            assertThat(nc.isAlive()).isTrue();
        }
    }
}
