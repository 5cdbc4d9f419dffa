package lastack.sockets;

import java.util.Arrays;

/**
 * From a socket's inode to every (process, descriptor) that holds it: a chained hash table of plain numbers, 28 bytes a
 * holder, so that a million of them fit.
 */
final class HolderMap {
    private static final int END = -1;

    private int[] heads = filled(1 << 12);
    private long[] inodes = new long[1 << 11];
    private int[] pids = new int[1 << 11];
    private int[] fds = new int[1 << 11];
    private int[] nexts = new int[1 << 11];
    private int size;

    /** Sees the holders of one socket. */
    interface Visitor {
        void holder(int pid, int fd);
    }

    void add(long inode, int pid, int fd) {
        if (size == inodes.length) {
            grow();
        }
        inodes[size] = inode;
        pids[size] = pid;
        fds[size] = fd;
        link(size++);
    }

    void forEach(long inode, Visitor visitor) {
        for (int i = heads[slot(inode)]; i != END; i = nexts[i]) {
            if (inodes[i] == inode) {
                visitor.holder(pids[i], fds[i]);
            }
        }
    }

    private void link(int index) {
        int slot = slot(inodes[index]);
        nexts[index] = heads[slot];
        heads[slot] = index;
    }

    /** Fibonacci hashing: inodes come in runs, and a run must not fill one neighbourhood. */
    private int slot(long inode) {
        int bits = Integer.numberOfTrailingZeros(heads.length);
        return (int) ((inode * 0x9E3779B97F4A7C15L) >>> (64 - bits));
    }

    private void grow() {
        int capacity = inodes.length * 2;
        inodes = Arrays.copyOf(inodes, capacity);
        pids = Arrays.copyOf(pids, capacity);
        fds = Arrays.copyOf(fds, capacity);
        nexts = new int[capacity];
        heads = filled(capacity * 2);
        for (int i = 0; i < size; i++) {
            link(i);
        }
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, END);
        return array;
    }
}
