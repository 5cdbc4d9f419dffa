package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracing comes and goes without a trace in the program. */
final class JvmTraceIT {
    private static final String LOGGED = "name=sun.nio.ch.NioSocketImpl";

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

    private void tell(JavaProgram program, String errand) {
        Run run = lastack.run("jvm", Integer.toString(program.pid()), errand);
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private JsonObject jvm(JavaProgram program) {
        Run run = lastack.run("jvm", "--format", "json", Integer.toString(program.pid()));
        assertThat(run.exit()).as(run.err()).isZero();
        return run.json().getAsJsonArray("jvms").get(0).getAsJsonObject();
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void givesEveryClassItsOwnCodeBackAndForgetsWhatItNoted(int java) throws IOException {
        List<String> log = List.of("-Xlog:redefine+class+load=info");
        try (JavaProgram program = JavaProgram.start(namespace, java, List.of(), log, "AcceptedInList", "1")) {
            tell(program, "--trace");
            program.leakAgain();
            JsonObject traced = jvm(program);
            assertThat(traced.get("tracing").getAsBoolean()).isTrue();
            assertThat(traced.get("opened").getAsInt()).isPositive();
            assertThat(rewritten(program)).isEqualTo(1);

            tell(program, "--detach");

            assertThat(rewritten(program)).as("and back").isEqualTo(2);
            program.leakAgain();
            JsonObject after = jvm(program);
            assertThat(after.get("tracing").getAsBoolean()).isFalse();
            assertThat(after.get("opened").getAsInt()).isZero();
            assertThat(after.getAsJsonArray("sockets"))
                    .allSatisfy(socket -> assertThat(
                                    socket.getAsJsonObject().get("opened").isJsonNull())
                            .isTrue());
            program.endsHavingLostNothing();
        }
    }

    private static long rewritten(JavaProgram program) {
        return Stream.of(program.output().split("\n", -1))
                .filter(line -> line.contains(LOGGED))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void losesNoConnectionWhileItComesAndGoes(int java) throws IOException {
        try (JavaProgram program = JavaProgram.start(namespace, java, "ManyConnections")) {
            for (int i = 0; i < 3; i++) {
                tell(program, "--trace");
                jvm(program);
                tell(program, "--detach");
            }

            program.leakAgain();
            assertThat(program.output())
                    .doesNotContain(" ended: ")
                    .containsPattern(Pattern.compile("connections [0-9]{2,}"));
            program.endsHavingLostNothing();
        }
    }
}
