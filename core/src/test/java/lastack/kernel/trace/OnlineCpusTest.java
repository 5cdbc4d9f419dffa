package lastack.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OnlineCpusTest {
    @ParameterizedTest
    @CsvSource({"'0\n', {0}", "'0-3\n', '{0, 1, 2, 3}'", "'0-1,4,6-7', '{0, 1, 4, 6, 7}'"})
    void readsTheKernelsList(String list, String cpus) {
        assertThat(OnlineCpus.parse(list)).hasToString(cpus);
    }
}
