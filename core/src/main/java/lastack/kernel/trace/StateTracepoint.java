package lastack.kernel.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/**
 * The tracepoint {@code sock:inet_sock_set_state} (Linux 4.16) of the whole host, in every network namespace: one ring buffer for each CPU
 * ({@code CAP_PERFMON}, or {@code CAP_SYS_ADMIN}). For one thread.
 */
public final class StateTracepoint implements AutoCloseable {
    /** Its name in tracefs. */
    public static final String NAME = "sock/inet_sock_set_state";

    /** All rings together; a MiB holds 10,000 changes. */
    private static final int BYTES_FOR_ALL = 32 << 20;

    private static final int MOST_FOR_ONE = 16 << 20;
    private static final int LEAST_FOR_ONE = 1 << 16;
    private static final long LOOK_FOR_CPUS_NANOS = 1_000_000_000;
    private static final int POLLFD_BYTES = 8;
    private static final short POLLIN = 1;

    private final int id;
    private final StateLayout layout;
    private final int ringBytes;
    private final List<PerfRing> rings = new ArrayList<>();
    private final ByteBuffer timeout = Kernel.memory(16);
    private ByteBuffer polled = Kernel.memory(0);
    private BitSet cpus = new BitSet();
    private long lookedForCpus = System.nanoTime();

    private StateTracepoint(EventFormat format, int ringBytes) throws IOException {
        this.id = format.id();
        this.layout = new StateLayout(format);
        this.ringBytes = ringBytes;
    }

    /** How large a ring each CPU had best have. */
    public static int ringBytes() {
        int cpus = Math.max(1, OnlineCpus.now().cardinality());
        return Math.clamp(Integer.highestOneBit(BYTES_FOR_ALL / cpus), LEAST_FOR_ONE, MOST_FOR_ONE);
    }

    /**
     * Opens it on every CPU; from now on nothing is missed but what {@link #lost} counts.
     *
     * @param ringBytes of each CPU's ring, a power of two
     * @throws IOException in a kernel without it, or without the right to read where it is described
     * @throws KernelException EPERM or EACCES without the capability; ENOENT or ENOSYS in a kernel without perf
     */
    public static StateTracepoint open(int ringBytes) throws IOException, KernelException {
        try (TraceFs tracefs = TraceFs.open()) {
            StateTracepoint opened = new StateTracepoint(tracefs.format(NAME), ringBytes);
            try {
                opened.openMissing(OnlineCpus.now());
                return opened;
            } catch (KernelException e) {
                opened.close();
                throw e;
            }
        }
    }

    private void openMissing(BitSet online) throws KernelException {
        for (PerfRing ring : rings) {
            online.clear(ring.cpu());
        }
        for (int cpu = online.nextSetBit(0); cpu >= 0; cpu = online.nextSetBit(cpu + 1)) {
            try {
                rings.add(PerfRing.open(id, cpu, ringBytes));
            } catch (KernelException e) {
                // ENODEV: it was switched off meanwhile.
                if (!e.is(Errno.ENODEV)) {
                    throw e;
                }
            }
        }
        polled = Kernel.memory(POLLFD_BYTES * rings.size());
        for (int i = 0; i < rings.size(); i++) {
            polled.putInt(i * POLLFD_BYTES, rings.get(i).descriptor()).putShort(i * POLLFD_BYTES + 4, POLLIN);
        }
    }

    /** Waits until there is much to read, or the time is over. */
    public void await(long nanos) throws KernelException {
        timeout.putLong(0, nanos / 1_000_000_000).putLong(8, nanos % 1_000_000_000);
        long result = Kernel.call(Syscall.PPOLL, Kernel.address(polled), rings.size(), Kernel.address(timeout), 0, 0);
        if (result != -Errno.EINTR.number()) {
            Kernel.check(result, Syscall.PPOLL, "perf");
        }
    }

    /** Hands over what is there, one CPU after the other: of each in order, of all together not. */
    public void drain(Consumer<StateSample> consumer) throws KernelException {
        for (PerfRing ring : rings) {
            ring.records().drain((time, pid, raw, at, length) -> {
                StateSample sample = layout.read(time, pid, raw, at, length);
                if (sample != null) {
                    consumer.accept(sample);
                }
            });
        }
        lookForNewCpus();
    }

    private void lookForNewCpus() throws KernelException {
        long now = System.nanoTime();
        if (now - lookedForCpus > LOOK_FOR_CPUS_NANOS) {
            lookedForCpus = now;
            BitSet online = OnlineCpus.now();
            if (!online.equals(cpus)) {
                cpus = (BitSet) online.clone();
                openMissing(online);
            }
        }
    }

    /** How many changes were lost so far because nobody read them in time. */
    public long lost() {
        long sum = 0;
        for (PerfRing ring : rings) {
            sum += ring.records().lost() + ring.records().damaged();
        }
        return sum;
    }

    @Override
    public void close() {
        rings.forEach(PerfRing::close);
    }
}
