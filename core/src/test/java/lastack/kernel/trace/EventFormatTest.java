package lastack.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import lastack.kernel.trace.EventFormat.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventFormatTest {
    @Test
    void readsWhereTheFieldsLie() throws IOException {
        EventFormat format = EventFormat.parse(RecordedFormat.text());

        assertThat(format.id()).isEqualTo(2287);
        assertThat(format.field("skaddr", 8)).isEqualTo(new Field(8, 8));
        assertThat(format.field("newstate", 4)).isEqualTo(new Field(20, 4));
        assertThat(format.field("saddr", 4)).isEqualTo(new Field(32, 4));
        assertThat(format.field("daddr_v6", 16)).isEqualTo(new Field(56, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name: x\nID: many\nformat:\n", "ID: 99999999999\n"})
    void refusesWhatIsNoFormat(String text) {
        assertThatThrownBy(() -> EventFormat.parse(text)).isInstanceOf(IOException.class);
    }

    @Test
    void namesTheFieldThatIsMissingOrTooShort() throws IOException {
        EventFormat format = EventFormat.parse("ID: 1\n\tfield:int oldstate;\toffset:16;\tsize:2;\tsigned:1;\n");

        assertThatThrownBy(() -> format.field("oldstate", 4)).hasMessageContaining("oldstate of 4 bytes");
        assertThatThrownBy(() -> new StateLayout(format)).hasMessageContaining("no field skaddr");
    }
}
