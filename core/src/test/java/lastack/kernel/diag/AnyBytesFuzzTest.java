package lastack.kernel.diag;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.api.Order;

/** Bytes chosen by Jazzer: {@code JAZZER_FUZZ=1 mvn test -Dtest=AnyBytesFuzzTest} searches, otherwise only what it once found. */
@Order(Integer.MAX_VALUE)
final class AnyBytesFuzzTest {
    private static final int LONGEST = 32 * 1024;

    private final Hearsay kernel = new Hearsay();

    @FuzzTest
    void anyBytesAreNoHarm(byte[] bytes) {
        kernel.says(Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST)));
    }
}
