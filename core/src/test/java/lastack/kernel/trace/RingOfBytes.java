package lastack.kernel.trace;

import java.nio.ByteBuffer;
import lastack.kernel.Kernel;

/** A ring the test writes as the kernel would. */
final class RingOfBytes {
    static final int BYTES = 4096;

    final ByteBuffer control = Kernel.memory(BYTES);
    final ByteBuffer ring = Kernel.memory(BYTES);
    final PerfRecords records = new PerfRecords(control, ring);
    private long head;

    /** Both counters begin there, as after many rounds. */
    RingOfBytes startAt(long position) {
        head = position;
        control.putLong(PerfRecords.DATA_HEAD, position).putLong(PerfRecords.DATA_TAIL, position);
        return this;
    }

    void sample(long time, int pid, String hex) {
        ByteBuffer raw = RecordedFormat.bytes(hex);
        int size = 28 + raw.capacity() + 7 & -8;
        ByteBuffer record = header(PerfRecords.PERF_RECORD_SAMPLE, size)
                .putInt(8, pid)
                .putLong(16, time)
                .putInt(24, raw.capacity())
                .put(28, raw, 0, raw.capacity());
        write(record);
    }

    void lost(long count) {
        write(header(PerfRecords.PERF_RECORD_LOST, 24).putLong(16, count));
    }

    private static ByteBuffer header(int type, int size) {
        return Kernel.memory(size).putInt(0, type).putShort(6, (short) size);
    }

    void write(ByteBuffer record) {
        for (int i = 0; i < record.capacity(); i++) {
            ring.put((int) (head + i & BYTES - 1), record.get(i));
        }
        head += record.capacity();
        control.putLong(PerfRecords.DATA_HEAD, head);
    }

    boolean isEmpty() {
        return control.getLong(PerfRecords.DATA_TAIL) == control.getLong(PerfRecords.DATA_HEAD);
    }
}
