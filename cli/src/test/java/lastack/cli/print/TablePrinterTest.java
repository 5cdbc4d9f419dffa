package lastack.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import lastack.model.TcpSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TablePrinterTest {
    private static final TcpSocket SHORT = Sockets.socket("127.0.0.1", "127.0.0.1", "nc", 4711);
    private static final TcpSocket ORDINARY =
            Sockets.socket("192.168.100.200", "192.168.100.201", "redis-server", 32768);
    private static final TcpSocket LONG = Sockets.socket(
            "2001:db8:1111:2222:3333:4444:5555:6666",
            "2001:db8:1111:2222:3333:4444:5555:7777",
            "a-long-name-of15",
            4194303);

    private static final TableStyle PLAIN =
            new TableStyle(true, false, true, false, false, false, false, false, false, false);
    private static final TableStyle EXTENDED =
            new TableStyle(true, false, true, true, true, true, false, false, false, false);
    private static final TableStyle COLOURED =
            new TableStyle(false, true, true, false, false, false, false, false, false, false);

    private static List<String> table(int columns, TableStyle style, List<TcpSocket> sockets) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(true, columns != Integer.MAX_VALUE, columns, true);
        try (Output out = new Output(bytes)) {
            TablePrinter printer = new TablePrinter(out, terminal, style);
            sockets.forEach(printer::print);
            printer.finish(List.of());
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static List<String> words(String row) {
        return List.of(row.split(" +", -1));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 132, 200, Integer.MAX_VALUE})
    void everyColumnIsThereAtAnyWidth(int columns) {
        List<String> rows = table(columns, EXTENDED, List.of(SHORT, ORDINARY, LONG));

        assertThat(words(rows.getFirst()))
                .containsExactly(
                        "STATE", "RECV-Q", "SEND-Q", "LOCAL", "PEER", "AGE", "TIMER", "UID", "INODE", "COOKIE",
                        "CGROUP", "NETNS", "OWNER");
        assertThat(rows).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 132, 200, Integer.MAX_VALUE})
    void everyCellStartsUnderItsHeadingAtAnyWidth(int columns) {
        List<String> rows = table(columns, PLAIN, List.of(SHORT, ORDINARY, LONG));

        for (String heading : List.of("LOCAL", "PEER", "OWNER")) {
            int start = rows.getFirst().indexOf(heading);
            assertThat(rows).allMatch(row -> row.charAt(start - 1) == ' ' && row.charAt(start) != ' ');
        }
    }

    @ParameterizedTest
    @CsvSource({"80", "100", "132", "200"})
    void noRowIsWiderThanATerminalOfOrdinaryWidth(int columns) {
        List<String> rows = table(columns, PLAIN, List.of(SHORT, ORDINARY, LONG));

        assertThat(rows).allMatch(row -> row.length() <= columns);
    }

    @Test
    void aRowBehindTheMeasuredOnesFitsToo() {
        List<TcpSocket> many = new java.util.ArrayList<>(Collections.nCopies(500, SHORT));
        many.add(LONG);

        List<String> rows = table(80, PLAIN, many);

        assertThat(rows).hasSize(502).allMatch(row -> row.length() <= 80);
        assertThat(rows.getLast()).contains("a-");
    }

    @Test
    void portsPidsAndDescriptorsSurviveTheCut() {
        List<String> rows = table(80, PLAIN, List.of(ORDINARY, LONG));

        assertThat(rows.get(1)).contains(":9999 ", ":40000 ", "[32768] fd 4");
        assertThat(rows.get(2)).contains(":9999 ", ":40000 ", "[4194303] fd 4");
    }

    @Test
    void gapsGiveWayBeforeAnythingIsCut() {
        List<String> rows = table(80, PLAIN, List.of(Sockets.socket("10.77.0.1", "10.77.0.2", "actor", 21048)));

        assertThat(rows.getLast())
                .isEqualTo("CLOSE-WAIT      1      0 10.77.0.1:9999 10.77.0.2:40000 3h12m actor[21048] fd 4");
    }

    @Test
    void nothingIsCutWhereThereIsNoTerminal() {
        List<String> rows = table(Integer.MAX_VALUE, PLAIN, List.of(LONG));

        assertThat(rows.getLast())
                .isEqualTo("CLOSE-WAIT       1       0  [2001:db8:1111:2222:3333:4444:5555:6666]:9999"
                        + "  [2001:db8:1111:2222:3333:4444:5555:7777]:40000  3h12m  a-long-name-of15[4194303] fd 4");
    }

    @Test
    void theHeadingStandsAloneWhenNothingMatched() {
        assertThat(table(80, PLAIN, List.of())).containsExactly("STATE  RECV-Q  SEND-Q  LOCAL  PEER  AGE  OWNER");
    }

    @Test
    void coloursDoNotMoveTheColumns() {
        String plain = table(Integer.MAX_VALUE, PLAIN, List.of(SHORT)).getLast();

        String coloured = table(Integer.MAX_VALUE, COLOURED, List.of(SHORT)).getFirst();

        assertThat(coloured).startsWith("\u001b[31mCLOSE-WAIT\u001b[0m ");
        assertThat(words(coloured.replaceAll("\u001b\\[\\d+m", ""))).isEqualTo(words(plain));
    }

    @Test
    void aNameCannotSteerTheTerminal() {
        TcpSocket hostile = Sockets.socket("127.0.0.1", "127.0.0.1", "n\u001b[2J\u009b2J\nc", 4711);

        List<String> rows = table(200, PLAIN, List.of(hostile));

        assertThat(rows).hasSize(2);
        assertThat(rows.getLast()).endsWith("n?[2J?2J?c[4711] fd 4");
    }

    @Test
    void anInterfaceCannotSteerTheTerminal() {
        TcpSocket hostile = Sockets.boundTo("e\u001b[2Jh");

        List<String> rows = table(200, PLAIN, List.of(hostile));

        assertThat(rows.getLast()).contains("127.0.0.1%e?[2Jh:9999").doesNotContain("\u001b");
    }

    @Test
    void aSocketWithoutVisibleOwnerSaysSo() {
        List<String> rows = table(80, PLAIN, List.of(Sockets.socket("127.0.0.1", "127.0.0.1")));

        assertThat(rows.getLast()).endsWith("(not visible)");
    }
}
