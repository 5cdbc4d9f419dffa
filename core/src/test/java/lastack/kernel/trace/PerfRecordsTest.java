package lastack.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import lastack.kernel.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PerfRecordsTest {
    private final List<String> seen = new ArrayList<>();

    private void drain(RingOfBytes ring) {
        ring.records.drain((time, pid, raw, at, length) -> {
            byte[] bytes = new byte[length];
            raw.get(at, bytes);
            seen.add(time + " " + pid + " " + HexFormat.of().formatHex(bytes));
        });
    }

    @Test
    void handsOverEverySampleOnceAndFreesItsRoom() {
        RingOfBytes ring = new RingOfBytes();
        ring.sample(5, 7, RecordedFormat.CONNECTED_V4);
        ring.sample(6, 8, RecordedFormat.ACCEPTED_V6);

        drain(ring);
        drain(ring);

        assertThat(seen).containsExactly("5 7 " + RecordedFormat.CONNECTED_V4, "6 8 " + RecordedFormat.ACCEPTED_V6);
        assertThat(ring.isEmpty()).isTrue();
    }

    /** From one before the end of the ring to all of the record before it; also where the counter passes 2^32. */
    @ParameterizedTest
    @ValueSource(longs = {8, 16, 24, 32, 56, 96})
    void putsTogetherARecordThatLiesAcrossTheEnd(long before) {
        RingOfBytes ring = new RingOfBytes().startAt((1L << 32) - before);
        ring.sample(5, 7, RecordedFormat.CONNECTED_V4);
        ring.sample(6, 8, RecordedFormat.ACCEPTED_V6);

        drain(ring);

        assertThat(seen).containsExactly("5 7 " + RecordedFormat.CONNECTED_V4, "6 8 " + RecordedFormat.ACCEPTED_V6);
        assertThat(ring.records.damaged()).isZero();
    }

    @Test
    void countsWhatTheKernelHadNoRoomFor() {
        RingOfBytes ring = new RingOfBytes();
        ring.lost(40);
        ring.sample(5, 7, RecordedFormat.CONNECTED_V4);
        ring.lost(2);

        drain(ring);

        assertThat(ring.records.lost()).isEqualTo(42);
        assertThat(seen).hasSize(1);
    }

    @Test
    void passesOverRecordsItDoesNotKnow() {
        RingOfBytes ring = new RingOfBytes();
        ring.write(Kernel.memory(16).putInt(0, 5).putShort(6, (short) 16));
        ring.sample(5, 7, RecordedFormat.CONNECTED_V4);

        drain(ring);

        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 7, 4000})
    void givesUpWhatIsThereWhenASizeMakesNoSense(int size) {
        RingOfBytes ring = new RingOfBytes();
        ring.write(Kernel.memory(32).putInt(0, PerfRecords.PERF_RECORD_SAMPLE).putShort(6, (short) size));

        drain(ring);

        assertThat(seen).isEmpty();
        assertThat(ring.records.damaged()).isEqualTo(1);
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(20_261_124);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[8 * (1 + random.nextInt(64))];
            random.nextBytes(bytes);
            RingOfBytes ring = new RingOfBytes().startAt(8L * random.nextInt(1_000));
            ring.write(Kernel.memory(bytes.length).put(0, bytes).putInt(0, random.nextInt(11)));

            drain(ring);

            assertThat(ring.control.getLong(PerfRecords.DATA_HEAD) - ring.control.getLong(PerfRecords.DATA_TAIL))
                    .isBetween(0L, 7L);
        }
    }

    @Test
    void keepsOrderWhenTheReaderComesBetweenAnyTwoRecords() {
        RingOfBytes ring = new RingOfBytes();
        List<String> expected = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            ring.sample(i, 1, RecordedFormat.CONNECTED_V4);
            expected.add(i + " 1 " + RecordedFormat.CONNECTED_V4);
            if (random.nextInt(8) == 0 || i % 30 == 0) {
                drain(ring);
            }
        }
        drain(ring);

        assertThat(seen).isEqualTo(expected);
    }
}
