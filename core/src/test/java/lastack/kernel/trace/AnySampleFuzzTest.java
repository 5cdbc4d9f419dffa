package lastack.kernel.trace;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import lastack.kernel.Kernel;
import org.junit.jupiter.api.Order;

/** Bytes chosen by Jazzer: {@code JAZZER_FUZZ=1 mvn test -Dtest=AnySampleFuzzTest} searches, otherwise only what it once found. */
@Order(Integer.MAX_VALUE)
final class AnySampleFuzzTest {
    @FuzzTest
    void anyBytesAreNoHarm(byte[] bytes) throws IOException {
        byte[] some = Arrays.copyOf(bytes, Math.min(bytes.length, RingOfBytes.BYTES));
        RingOfBytes ring = new RingOfBytes().startAt(64L * some.length);
        StateLayout layout = new StateLayout(EventFormat.parse(RecordedFormat.text()));
        ring.write(Kernel.memory(some.length).put(0, some));
        ring.records.drain(layout::read);
    }
}
