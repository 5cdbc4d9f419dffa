package lastack.kernel.ptrace;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/**
 * Plays the kernel, so that everything done while a program stands still has been done before: its classes are loaded and
 * its most used code is compiled by then. A first run takes several times as long.
 */
final class Rehearsal implements TracingDoor {
    private static final int ROUNDS = 120;

    /** For the compiler's threads to be done, which would otherwise compete with the program for the processors. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int PID = 1;
    private static final long INODE = 1;
    private static final byte[] LINK = ("socket:[" + INODE + "]").getBytes(StandardCharsets.US_ASCII);
    private static final short SYSCALL_INSTRUCTION = 0x050f;
    private static final int EVENT_STOP = 128 << 16 | 5 << 8 | 0x7f;
    private static final int CALL_STOP = 0x85 << 8 | 0x7f;
    private static final long THREADS = 8;
    private static final long DIRENT_BYTES = 24;
    private static final int DIRENT_RECLEN = 16;
    private static final int DIRENT_NAME = 19;

    private boolean toCallEdge;
    private boolean listed;

    private Rehearsal() {}

    /** Makes sure that it has been gone through once in this lastack; takes 50 to 100 ms the first time. */
    static boolean done() {
        return Once.DONE;
    }

    /** Initialised once, by whoever asks first. */
    private static final class Once {
        static final boolean DONE = playAll();

        private static boolean playAll() {
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    new Rehearsal().play();
                }
            } catch (KernelException | InjectionRefusedException e) {
                throw new IllegalStateException("a rehearsal cannot fail", e);
            }
            LockSupport.parkNanos(SETTLE_NANOS);
            return true;
        }
    }

    private void play() throws KernelException, InjectionRefusedException {
        HeldDescriptor descriptor = new HeldDescriptor(this, PID, 0, INODE);
        TargetMemory memory = new TargetMemory(this, "", new Fd(-1));
        LentThread lent = new LentThread(PID, memory, new SyscallGadget(memory, 0));
        LentThread.Act act = new ParkDescriptor(descriptor, true, memory);
        TaskList tasks = new TaskList(this, "", new Fd(-1));
        try (SeizedProcess process = SeizedProcess.seize(this, PID, tasks)) {
            descriptor.isHeldIn(process);
            new Release(descriptor, lent, act).run(process);
        }
    }

    @Override
    public long call(Syscall call, long a, long b, long c, long d) {
        Kernel.call(Syscall.GETPID, a, b, c, d);
        return switch (call) {
            case PTRACE -> ptrace((int) a, d);
            case WAIT4 -> put(b, toCallEdge ? CALL_STOP : EVENT_STOP, a);
            case READLINKAT -> link(c);
            case PREAD64 -> instruction(b, c);
            case PWRITE64 -> c;
            case LSEEK -> start();
            case GETDENTS64 -> threads(b);
            default -> 0;
        };
    }

    private long ptrace(int request, long data) {
        if (request == PtraceRequest.PTRACE_GETREGSET.number()) {
            long registers = at(data, Long.BYTES).get(ValueLayout.JAVA_LONG, 0);
            at(registers, UserRegs.BYTES).set(ValueLayout.JAVA_LONG, UserRegs.CS, UserRegs.USER64_CS);
        }
        if (request == PtraceRequest.PTRACE_SYSCALL.number() || request == PtraceRequest.PTRACE_CONT.number()) {
            toCallEdge = request == PtraceRequest.PTRACE_SYSCALL.number();
        }
        return 0;
    }

    private static long put(long address, int value, long result) {
        at(address, Integer.BYTES).set(ValueLayout.JAVA_INT, 0, value);
        return result;
    }

    private static long link(long address) {
        MemorySegment.copy(MemorySegment.ofArray(LINK), 0, at(address, LINK.length), 0, LINK.length);
        return LINK.length;
    }

    private static long instruction(long address, long size) {
        at(address, size).set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, SYSCALL_INSTRUCTION);
        return size;
    }

    private long start() {
        listed = false;
        return 0;
    }

    /** A few threads, the first with the process's own number. */
    private long threads(long address) {
        if (listed) {
            return 0;
        }
        listed = true;
        MemorySegment entries = at(address, THREADS * DIRENT_BYTES);
        for (int thread = 0; thread < THREADS; thread++) {
            MemorySegment entry = entries.asSlice(thread * DIRENT_BYTES, DIRENT_BYTES);
            entry.set(ValueLayout.JAVA_SHORT, DIRENT_RECLEN, (short) DIRENT_BYTES);
            entry.set(ValueLayout.JAVA_BYTE, DIRENT_NAME, (byte) ('0' + PID + thread));
        }
        return THREADS * DIRENT_BYTES;
    }

    @SuppressWarnings("restricted") // Only memory of this package's own, which it has just been given the address of.
    private static MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }
}
