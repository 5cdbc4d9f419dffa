package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lastack.model.TcpState;
import lastack.testkit.FullNamespace;
import lastack.testkit.Namespace;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms {@code ls} answers in, over a namespace with sockets in every state. */
final class FormatsIT {
    private static FullNamespace full;
    private static Launcher lastack;

    @BeforeAll
    static void fill() {
        full = FullNamespace.open();
        lastack = Launcher.in(full.namespace());
    }

    @AfterAll
    static void close() {
        full.close();
    }

    private static int count() {
        return full.namespace().tcp().list().size();
    }

    @Test
    void jsonIsTheDocumentOfTheContract() {
        Run run = lastack.run("ls", "--format", "json");

        assertThat(run.exit()).isZero();
        JsonObject document = run.json();
        Contract.holdsForListing(document);
        assertThat(document.get("time").getAsString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(document.getAsJsonArray("sockets")).hasSize(count());
    }

    @Test
    void jsonWithoutSocketsIsADocumentToo() {
        Run run = lastack.run("ls", "--format", "json", "sport", "=", ":1");

        assertThat(run.exit()).isZero();
        assertThat(run.json().getAsJsonArray("sockets")).isEmpty();
    }

    @Test
    void jsonlIsOneSocketALine() {
        Run run = lastack.run("ls", "--format", "jsonl");

        assertThat(run.exit()).isZero();
        assertThat(run.lines()).hasSize(count());
        run.lines().forEach(line -> Contract.holdsForSocket(new Gson().fromJson(line, JsonObject.class)));
    }

    @Test
    void csvHasAFixedHeaderAndAsManyFieldsInEachRow() {
        Run run = lastack.run("ls", "--format", "csv");

        assertThat(run.exit()).isZero();
        assertThat(run.lines().getFirst())
                .isEqualTo(
                        "state,family,local_address,local_port,peer_address,peer_port,interface,recv_q,send_q,uid,inode,"
                                + "cookie,mark,timer,timer_expires_ms,retransmits,age_ms,age_source,age_is,netns,orphan,"
                                + "unaccepted,pid,start_time,comm,cmdline,user,fd");
        assertThat(run.lines()).hasSizeGreaterThan(count());
        assertThat(run.lines()).extracting(FormatsIT::fields).containsOnly(28);
    }

    private static int fields(String row) {
        return row.replaceAll("\"(?:[^\"]|\"\")*\"", "").split(",", -1).length;
    }

    @Test
    void csvWithoutHeaderHasOnlyRows() {
        Run run = lastack.run("ls", "--format", "csv", "-H", "state", "time-wait");

        assertThat(run.lines())
                .isNotEmpty()
                .allMatch(row -> row.startsWith("TIME-WAIT,"))
                .allMatch(row -> row.endsWith(",,,,,,"));
    }

    @Test
    void tableIsAligned() {
        Run run = lastack.run("ls");

        assertThat(run.exit()).isZero();
        String header = run.lines().getFirst();
        assertThat(header.split(" +", -1))
                .containsExactly("STATE", "RECV-Q", "SEND-Q", "LOCAL", "PEER", "AGE", "OWNER");
        assertThat(run.lines()).hasSize(count() + 1);
        for (String column : List.of("LOCAL", "PEER", "OWNER")) {
            int start = header.indexOf(column);
            assertThat(run.lines()).allMatch(row -> row.charAt(start - 1) == ' ' && row.charAt(start) != ' ');
        }
        for (String column : List.of("RECV-Q", "SEND-Q", "AGE")) {
            int end = header.indexOf(column) + column.length();
            assertThat(run.lines()).allMatch(row -> row.charAt(end - 1) != ' ' && row.charAt(end) == ' ');
        }
    }

    @Test
    void wideShowsTimersUidsInodesCookiesAndInfoToo() {
        Run run = lastack.run("ls", "--format", "wide", "state", "fin-wait-1");

        assertThat(run.exit()).isZero();
        assertThat(run.lines().getFirst().split(" +", -1))
                .containsSubsequence("STATE", "AGE", "TIMER", "UID", "INODE", "COOKIE", "CGROUP", "OWNER");
        assertThat(run.out()).contains("on,", "snd_cwnd:", "skmem:(r");
    }

    @Test
    void agesArePrintedShortAndOnlyWhereTheyAreKnown() {
        Run run = lastack.run("ls", "-H");

        assertThat(run.lines())
                .extracting(row -> row.split(" +", -1)[5])
                .allMatch(age -> age.matches("-|[<>]?(\\d+ms|\\d\\.\\ds|\\d+s|\\d+m\\d\\ds)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tanpeoimH", "-tanp", "-nt", "-ant", "-tpO", "-tie"})
    void lettersOfSsAreTakenTogether(String letters) {
        Run run = lastack.run("ls", letters);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.lines()).hasSizeGreaterThanOrEqualTo(count());
    }

    @ParameterizedTest
    @CsvSource({"-4, inet", "-6, inet6"})
    void lettersForAFamilyShowOnlyThat(String letter, String family) {
        Run run = lastack.run("ls", letter, "-H", "--format", "csv");

        assertThat(run.lines()).isNotEmpty().allMatch(row -> row.split(",", 3)[1].equals(family));
    }

    @Test
    void letterLShowsOnlyListeners() {
        Run run = lastack.run("ls", "-lH");

        assertThat(run.lines())
                .hasSize(full.namespace().tcp().count(TcpState.LISTEN))
                .allMatch(row -> row.startsWith("LISTEN "));
    }

    @Test
    void letterNLooksIntoANamespaceByPidInodeAndName() {
        try (Namespace elsewhere = Namespace.open();
                TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            String port = ":" + tcp.closeWait().id().local().port();
            String pid = Integer.toString(tcp.actors().getFirst().pid());
            String name = "lastack-it-" + pid;
            elsewhere.exec("ip", "netns", "attach", name, pid);
            try {
                for (String netns : List.of(pid, Long.toString(tcp.here().inode()), name)) {
                    Run run = Launcher.in(elsewhere).run("ls", "-H", "-N", netns, "state", "close-wait");

                    assertThat(run.exit()).as(run.err()).isZero();
                    assertThat(run.lines()).hasSize(1).allMatch(row -> row.contains(port) && row.contains("actor["));
                }
            } finally {
                elsewhere.exec("ip", "netns", "del", name);
            }
        }
    }

    @Test
    void coloursComeOnlyWhenAsked() {
        Run plain = lastack.run("ls");
        Run asked = lastack.run("ls", "--color", "always");
        Run refused = lastack.run("ls", "--color", "never");

        assertThat(plain.out()).doesNotContain("\u001b");
        assertThat(asked.out()).contains("\u001b[31mCLOSE-WAIT\u001b[0m");
        assertThat(refused.out()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "wide", "csv", "jsonl", "json"})
    void controlCharactersInTheNameOfAProcessAreNotPrinted(String format, @TempDir Path folder) throws IOException {
        Path name = folder.resolve("n\u001b[31m\u0007c");
        try (Namespace namespace = Namespace.open();
                Server nc = Server.ncNamed(namespace, 9999, name)) {

            Run run = Launcher.in(namespace).run("ls", "--format", format);

            assertThat(run.exit()).isZero();
            assertThat(run.out())
                    .contains(Integer.toString(nc.pid()))
                    .matches(text -> text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\t'));
        }
    }

    @Test
    void controlCharactersAreKeptFromTheOverviewAndTheReportToo(@TempDir Path folder) throws IOException {
        Path name = folder.resolve("n\u001b[31m\u0007c");
        try (Namespace namespace = Namespace.open();
                Server nc = Server.ncNamed(namespace, 9999, name)) {
            nc.loseAClientWhileStopped();

            Run overview = Launcher.in(namespace).run("-N", "self");
            Run report = Launcher.in(namespace).run("close", "--yes", "state", "close-wait");

            assertThat(overview.out()).contains("n?[31m?c[" + nc.pid() + "]").doesNotContain("\u001b", "\u0007");
            assertThat(report.out()).contains("n?[31m?c[" + nc.pid() + "]").doesNotContain("\u001b", "\u0007");
        }
    }
}
