package lastack.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lastack.remedy.Outcome;
import lastack.remedy.Result;
import org.junit.jupiter.api.Test;

final class ResultTextTest {
    @Test
    void noNameCanSteerTheTerminal() {
        Result hostile = new Result(
                Sockets.boundTo("e\u001b[2Jh"),
                null,
                Outcome.SKIPPED,
                "w\u001b",
                List.of(),
                0,
                null,
                false,
                0,
                null,
                false,
                "h\u001b");

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output out = new Output(bytes)) {
            ResultPrinter.text(out).print(List.of(hostile), 1);
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("127.0.0.1%e?[2Jh:9999", "  w?\n", "  hint: h?\n")
                .doesNotContain("\u001b");
    }
}
