package lastack.kernel.diag;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come in: an answer or a {@link lastack.kernel.KernelException}, and soon. */
final class DamagedBytesTest {
    private static final List<String> RECORDINGS =
            List.of("close-wait-v4", "time-wait-v4", "listen-v6", "syn-recv-mapped", "done", "ack", "enoent");
    private static final int ROUNDS = 20_000;
    private static final int LONGEST = 2_048;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Hearsay kernel = new Hearsay();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomBytesAreNoHarm(long seed) {
        Random random = new Random(seed);

        assertTimeoutPreemptively(SOON, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] bytes = new byte[random.nextInt(LONGEST)];
                random.nextBytes(bytes);
                kernel.says(bytes);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void damagedMessagesAreNoHarm(long seed) {
        Random random = new Random(seed);

        assertTimeoutPreemptively(SOON, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                kernel.says(damaged(random));
            }
        });
    }

    /** A few bytes changed, mostly in lengths and types, and sometimes the end cut off. */
    private static byte[] damaged(Random random) {
        byte[] bytes = Recorded.datagram(RECORDINGS.get(random.nextInt(RECORDINGS.size())));
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }
}
