package lastack.kernel.ptrace;

import lastack.kernel.Syscall;

/**
 * Lets no other thread go before the calling one for a moment, where that is allowed ({@code CAP_SYS_NICE}). Else, of forty
 * threads that are let go one after the other, each may go first; on a busy machine the last ones stood still twice as long.
 *
 * <p>Never while it waits: what it waits for needs the processor.
 */
final class Haste implements AutoCloseable {
    private static final int THIS_THREAD = 0;
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;

    private final TracingDoor door;

    /** {@code struct sched_param}: int sched_priority. */
    private final NativeBytes lowest = NativeBytes.zeros(Integer.BYTES);

    private final NativeBytes none = NativeBytes.zeros(Integer.BYTES);

    Haste(TracingDoor door) {
        this.door = door;
        lowest.bytes().putInt(0, 1);
    }

    Haste begin() {
        door.call(Syscall.SCHED_SETSCHEDULER, THIS_THREAD, SCHED_FIFO, lowest.address(), 0);
        return this;
    }

    @Override
    public void close() {
        door.call(Syscall.SCHED_SETSCHEDULER, THIS_THREAD, SCHED_OTHER, none.address(), 0);
    }
}
