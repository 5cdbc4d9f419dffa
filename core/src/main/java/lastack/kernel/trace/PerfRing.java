package lastack.kernel.trace;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/** A tracepoint on one CPU, with the ring buffer the kernel writes its hits to; closed, its memory is gone. */
final class PerfRing implements AutoCloseable {
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final int EVERY_PROCESS = -1;
    private static final int NO_GROUP = -1;
    private static final int PERF_FLAG_FD_CLOEXEC = 8;
    static final int PERF_EVENT_IOC_ENABLE = 0x2400;
    private static final int LEAST = 1 << 16;

    /** The reader is woken when a quarter is full. */
    private static final int WAKE_AT = 4;

    private final Fd fd;
    private final int cpu;
    private final long address;
    private final int bytes;
    private final PerfRecords records;

    private PerfRing(Fd fd, int cpu, int ringBytes) throws KernelException {
        this.fd = fd;
        this.cpu = cpu;
        int size = ringBytes;
        long mapped = map(fd, size);
        // Without CAP_IPC_LOCK no more than kernel.perf_event_mlock_kb may be locked for each CPU.
        while (mapped == -Errno.EPERM.number() && size > LEAST) {
            size /= 2;
            mapped = map(fd, size);
        }
        this.address = Kernel.check(mapped, Syscall.MMAP, "a ring buffer of " + size / 1024 + " KiB for CPU " + cpu);
        this.bytes = MemoryPage.BYTES + size;
        ByteBuffer memory = view(address, bytes);
        this.records = new PerfRecords(slice(memory, 0, MemoryPage.BYTES), slice(memory, MemoryPage.BYTES, size));
    }

    /**
     * Opens a tracepoint for all processes on one CPU and lets it run ({@code CAP_PERFMON}).
     *
     * @param ringBytes a power of two; less is taken where not so much may be locked
     * @throws KernelException ENODEV where that CPU is off
     */
    static PerfRing open(int tracepoint, int cpu, int ringBytes) throws KernelException {
        ByteBuffer attr = PerfEventAttr.everyHitOf(tracepoint, ringBytes / WAKE_AT);
        long opened = Kernel.call(
                Syscall.PERF_EVENT_OPEN, Kernel.address(attr), EVERY_PROCESS, cpu, NO_GROUP, PERF_FLAG_FD_CLOEXEC);
        Reference.reachabilityFence(attr);
        Fd fd = new Fd((int) Kernel.check(opened, Syscall.PERF_EVENT_OPEN, "CPU " + cpu));
        try {
            PerfRing ring = new PerfRing(fd, cpu, ringBytes);
            Kernel.check(
                    Kernel.call(Syscall.IOCTL, fd.number(), PERF_EVENT_IOC_ENABLE),
                    Syscall.IOCTL,
                    "PERF_EVENT_IOC_ENABLE");
            return ring;
        } catch (KernelException e) {
            fd.close();
            throw e;
        }
    }

    private static long map(Fd fd, int ringBytes) {
        return Kernel.call(Syscall.MMAP, 0, MemoryPage.BYTES + ringBytes, PROT_READ_WRITE, MAP_SHARED, fd.number(), 0);
    }

    @SuppressWarnings("restricted") // The launcher enables native access.
    private static ByteBuffer view(long address, int bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes).asByteBuffer();
    }

    private static ByteBuffer slice(ByteBuffer memory, int at, int length) {
        return memory.slice(at, length).order(ByteOrder.nativeOrder());
    }

    int cpu() {
        return cpu;
    }

    int descriptor() {
        return fd.number();
    }

    PerfRecords records() {
        return records;
    }

    @Override
    public void close() {
        Kernel.call(Syscall.MUNMAP, address, bytes);
        fd.close();
    }
}
