package lastack.kernel.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The records in one ring buffer, read in place; one that lies across the ring's end is copied out first.
 *
 * <pre>
 * struct perf_event_mmap_page (linux/perf_event.h), the ring behind it
 *  1024        1032        page             page + size
 *  +-----------+-----------+----  ...  -----+-------- ... --------+
 *  | data_head | data_tail |                | records             |
 *  +-----------+-----------+----  ...  -----+-------- ... --------+
 *
 * struct perf_event_header, then for PERF_RECORD_SAMPLE of our sample_type, and for PERF_RECORD_LOST
 *  0      4      6      8     12    16     24       28
 *  +------+------+------+-----+-----+------+--------+-----------------
 *  | type | misc | size | pid | tid | time | length | raw, padded to 8
 *  +------+------+------+-----+-----+------+--------+-----------------
 *  +------+------+------+-----------+------+
 *  | type | misc | size | id        | lost |
 *  +------+------+------+-----------+------+
 * </pre>
 *
 * <p>The kernel writes {@code data_head} after the records and reads {@code data_tail} before it overwrites any: so head is read with
 * acquire, and tail written with release, when the records have been seen.
 */
final class PerfRecords {
    static final int DATA_HEAD = 1024;
    static final int DATA_TAIL = 1032;
    static final int PERF_RECORD_LOST = 2;
    static final int PERF_RECORD_SAMPLE = 9;

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int HEADER = 8;
    private static final int LOST_BYTES = 24;
    private static final int RAW = 28;
    private static final int LARGEST = 1 << 16;

    private final ByteBuffer control;
    private final ByteBuffer ring;
    private final ByteBuffer across;
    private long lost;
    private long damaged;

    /** Sees the samples. */
    interface Visitor {
        /**
         * A sample, in place: what is to be kept must be copied.
         *
         * @param time nanoseconds of {@code CLOCK_MONOTONIC}
         * @param pid the process the CPU was running, which often has nothing to do with the socket
         * @param raw the tracepoint's record is in here
         * @param at where it begins
         * @param length how long it is
         */
        void sample(long time, int pid, ByteBuffer raw, int at, int length);
    }

    /**
     * Reads a ring.
     *
     * @param control the first page, direct memory
     * @param ring the rest, a power of two
     */
    PerfRecords(ByteBuffer control, ByteBuffer ring) {
        this.control = control;
        this.ring = ring;
        this.across = ByteBuffer.allocate(LARGEST).order(ByteOrder.nativeOrder());
    }

    /** Hands over all that is there, and gives its room back to the kernel. */
    void drain(Visitor visitor) {
        long head = (long) LONG.getAcquire(control, DATA_HEAD);
        long tail = (long) LONG.get(control, DATA_TAIL);
        while (head - tail >= HEADER) {
            int at = (int) (tail & (ring.capacity() - 1));
            int size = ring.getShort(at + 6) & 0xFFFF;
            if (size < HEADER || size > head - tail) {
                damaged++;
                tail = head;
                break;
            }
            read(at, size, visitor);
            tail += size;
        }
        LONG.setRelease(control, DATA_TAIL, tail);
    }

    private void read(int at, int size, Visitor visitor) {
        int untilEnd = ring.capacity() - at;
        if (size <= untilEnd) {
            read(ring, at, size, visitor);
        } else {
            across.put(0, ring, at, untilEnd).put(untilEnd, ring, 0, size - untilEnd);
            read(across, 0, size, visitor);
        }
    }

    private void read(ByteBuffer bytes, int at, int size, Visitor visitor) {
        int type = bytes.getInt(at);
        if (type == PERF_RECORD_LOST && size >= LOST_BYTES) {
            lost += bytes.getLong(at + 16);
        } else if (type == PERF_RECORD_SAMPLE && size >= RAW) {
            int length = bytes.getInt(at + 24);
            if (length >= 0 && length <= size - RAW) {
                visitor.sample(bytes.getLong(at + 16), bytes.getInt(at + 8), bytes, at + RAW, length);
            } else {
                damaged++;
            }
        }
    }

    /** How many samples the kernel had no room for. */
    long lost() {
        return lost;
    }

    /** How many records made no sense; none ever should. */
    long damaged() {
        return damaged;
    }
}
