package lastack.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A folder of a process's descriptors, in the form of {@code struct linux_dirent64} on x86-64. */
final class NumberedEntriesTest {
    private static final byte[] FD_FOLDER = HexFormat.of().parseHex("""
            0100000000000000 0100000000000000 1800 04 2e00000000
            0200000000000000 0200000000000000 1800 04 2e2e000000
            0300000000000000 0300000000000000 1800 0a 3000000000
            0400000000000000 0400000000000000 1800 0a 3132330000
            0500000000000000 ffffffffffffff7f 2000 04 7468726561642d73656c660000
            """.replaceAll("\\s", ""));

    private final NumberedEntries entries =
            new NumberedEntries(ByteBuffer.wrap(FD_FOLDER).order(ByteOrder.LITTLE_ENDIAN));

    private List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        while (entries.next()) {
            numbers.add(entries.number());
        }
        return numbers;
    }

    @Test
    void areThoseWhoseNamesAreNumbers() {
        entries.filled(FD_FOLDER.length);

        assertThat(numbers()).containsExactly(0, 123);
    }

    @Test
    void tellWhereTheNameStands() {
        entries.filled(FD_FOLDER.length);
        entries.next();

        assertThat(FD_FOLDER[entries.nameOffset()]).isEqualTo((byte) '0');
    }

    @Test
    void areNoneBehindWhatWasFilled() {
        entries.filled(3 * 24);

        assertThat(numbers()).containsExactly(0);
    }

    @Test
    void beginAnewWhenFilledAgain() {
        entries.filled(FD_FOLDER.length);
        numbers();
        entries.filled(FD_FOLDER.length);

        assertThat(numbers()).containsExactly(0, 123);
    }
}
