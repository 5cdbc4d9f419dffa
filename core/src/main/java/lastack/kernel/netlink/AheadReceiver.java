package lastack.kernel.netlink;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import org.jspecify.annotations.Nullable;

/**
 * Receives a long dump on a thread of its own, some datagrams ahead of its reader: the kernel lists the next sockets while the last
 * ones are being written. The thread ends with the dump, or when this is closed.
 */
final class AheadReceiver implements AutoCloseable {
    /** How far ahead: a row takes longest to write at the beginning, and the kernel lists ten thousand meanwhile. */
    private static final int SLOTS = 128;

    private final NetlinkLink link;
    private final int sequence;
    private final int capacity;
    private final ByteBuffer[] slots = new ByteBuffer[SLOTS];
    private final @Nullable KernelException[] failures = new KernelException[SLOTS];
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private int received;
    private int read;
    private boolean closed;
    private boolean ended;

    /**
     * Begins to receive.
     *
     * @param sequence the number of the question that is being answered
     * @param capacity bytes of the longest datagram
     */
    AheadReceiver(NetlinkLink link, int sequence, int capacity) {
        this.link = link;
        this.sequence = sequence;
        this.capacity = capacity;
        Thread thread = new Thread(this::receiveAll, "netlink");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the next datagram, as {@link NetlinkLink#receive} does. */
    void receive(ByteBuffer into) throws KernelException {
        int slot = awaitDatagram() % SLOTS;
        KernelException failure = failures[slot];
        if (failure == null) {
            into.clear().put(0, slots[slot], 0, slots[slot].limit()).limit(slots[slot].limit());
        }
        release();
        if (failure != null) {
            throw failure;
        }
    }

    private void receiveAll() {
        try {
            boolean more = true;
            while (more && awaitRoom()) {
                more = receiveInto(received % SLOTS);
                announce();
            }
        } finally {
            end();
        }
    }

    /** Whether the dump goes on behind it. */
    private boolean receiveInto(int slot) {
        failures[slot] = null;
        try {
            if (slots[slot] == null) {
                slots[slot] = Kernel.memory(capacity);
            }
            link.receive(slots[slot]);
            return !endsDump(new NetlinkMessage(slots[slot]));
        } catch (KernelException e) {
            failures[slot] = e;
            return e.is(Errno.ENOBUFS);
        }
    }

    private boolean endsDump(NetlinkMessage message) {
        while (message.next()) {
            if (message.sequence() == sequence && (message.isDone() || message.isError())) {
                return true;
            }
        }
        return false;
    }

    private int awaitDatagram() {
        lock.lock();
        try {
            while (read == received) {
                change.awaitUninterruptibly();
            }
            return read;
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        lock.lock();
        try {
            read++;
            if (received - read == SLOTS / 2) {
                change.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Once all slots are taken it waits until half of them are free, not to be woken for each. False when nobody reads on. */
    private boolean awaitRoom() {
        lock.lock();
        try {
            boolean full = received - read == SLOTS;
            while (!closed && full && received - read > SLOTS / 2) {
                change.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void announce() {
        lock.lock();
        try {
            received++;
            change.signal();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            change.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The link is free for the next question afterwards. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            change.signal();
            while (!ended) {
                change.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
