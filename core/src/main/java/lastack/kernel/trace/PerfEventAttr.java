package lastack.kernel.trace;

import java.nio.ByteBuffer;
import lastack.kernel.Kernel;

/**
 * What perf is to record of a tracepoint.
 *
 * <pre>
 * struct perf_event_attr (linux/perf_event.h), PERF_ATTR_SIZE_VER3, Linux 3.7; use_clockid Linux 4.1
 *  0      4      8        16              24            32            40      48               52
 *  +------+------+--------+---------------+-------------+-------------+-------+----------------+-----
 *  | type | size | config | sample_period | sample_type | read_format | flags | wakeup         | ...
 *  +------+------+--------+---------------+-------------+-------------+-------+----------------+-----
 *  88                  92        96
 *  +-------------------+---------+
 *  | sample_stack_user | clockid |
 *  +-------------------+---------+
 * </pre>
 */
final class PerfEventAttr {
    static final int SIZE = 96;

    static final int PERF_TYPE_TRACEPOINT = 2;
    static final int PERF_SAMPLE_TID = 1 << 1;
    static final int PERF_SAMPLE_TIME = 1 << 2;
    static final int PERF_SAMPLE_RAW = 1 << 10;
    static final int CLOCK_MONOTONIC = 1;

    /** {@code disabled}, {@code watermark}, {@code use_clockid}: bits of the flags. */
    static final long FLAGS = 1L | 1L << 14 | 1L << 25;

    private PerfEventAttr() {}

    /**
     * Every hit of the tracepoint, with the time of {@code CLOCK_MONOTONIC}.
     *
     * @param watermark how many bytes wake the reader; to wake it for each hit costs the programs that are watched a multiple of the hit
     */
    static ByteBuffer everyHitOf(int tracepoint, int watermark) {
        return Kernel.memory(SIZE)
                .putInt(0, PERF_TYPE_TRACEPOINT)
                .putInt(4, SIZE)
                .putLong(8, tracepoint)
                .putLong(16, 1)
                .putLong(24, PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_RAW)
                .putLong(40, FLAGS)
                .putInt(48, watermark)
                .putInt(92, CLOCK_MONOTONIC);
    }
}
