package lastack.kernel.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/**
 * A walk over every descriptor of every process that refers to a socket.
 *
 * <p>It is always complete: a socket can have several holders (fork, dup, descriptors passed on), so that stopping at the
 * first one would give a wrong answer. Threads share one table, which is visited once; a thread with a table of its own
 * (unshare(CLONE_FILES)) is not looked into.
 */
public final class FdWalk {
    private static final int DIRECTORY_BYTES = 32 * 1024;
    private static final int LINK_BYTES = 64;
    private static final byte[] SOCKET_LINK = {'s', 'o', 'c', 'k', 'e', 't', ':', '['};
    private static final byte[] EPOLL_LINK = "anon_inode:[eventpoll]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RING_LINK = "anon_inode:[io_uring]".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer directoryBytes = Kernel.memory(DIRECTORY_BYTES);
    private final NumberedEntries entries = new NumberedEntries(directoryBytes);
    private final ByteBuffer link = Kernel.memory(LINK_BYTES);
    private final long directoryAddress = Kernel.address(directoryBytes);
    private final long linkAddress = Kernel.address(link);
    private final Visitor visitor;

    /** Sees what the walk finds. */
    public interface Visitor {
        /** A descriptor that refers to the socket with this inode. */
        void socket(int pid, int fd, long inode);

        /** A process whose descriptors cannot be listed or followed. */
        void unreadable(int pid);

        /** A process that ended while it was looked at. */
        void vanished(int pid);

        /** A descriptor of an epoll set; most walks have no use for it. */
        default void epoll(int pid, int fd) {}

        /** A descriptor of an io_uring. */
        default void ring(int pid, int fd) {}

        /** How many descriptors a process has open, whatever they are. */
        default void descriptors(int pid, int count) {}
    }

    /** A walk that reports to the visitor. */
    public FdWalk(Visitor visitor) {
        this.visitor = visitor;
    }

    /** The numbers of all processes under {@code /proc}, in ascending order. */
    public static int[] processes() throws KernelException {
        Numbers found = new Numbers();
        forEachNumber("/proc", Kernel.memory(DIRECTORY_BYTES), found);
        return Arrays.copyOf(found.numbers, found.count);
    }

    private static final class Numbers implements NumberConsumer {
        private int[] numbers = new int[256];
        private int count;

        @Override
        public void accept(int number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number;
        }
    }

    /** Walks over all processes. */
    public void overAllProcesses() throws KernelException {
        for (int pid : processes()) {
            overProcess(pid);
        }
    }

    /** Walks over one process. */
    public void overProcess(int pid) {
        int found = overTable(pid, "/proc/" + pid + "/fd");
        visitor.descriptors(pid, found);
        if (found == 0) {
            overThreadsOf(pid);
        }
    }

    /** A leader that has ended shows an empty table while its other threads still hold theirs. */
    private void overThreadsOf(int pid) {
        try {
            forEachNumber("/proc/" + pid + "/task", Kernel.memory(DIRECTORY_BYTES), tid -> {
                if (tid != pid) {
                    overTable(pid, "/proc/" + pid + "/task/" + tid + "/fd");
                }
            });
        } catch (KernelException e) {
            visitor.vanished(pid);
        }
    }

    /** How many descriptors the table has, or -1 when it could not be read. */
    private int overTable(int pid, String path) {
        try (Fd directory = Fd.open(path, Fd.READ_ONLY)) {
            return overLinks(pid, directory);
        } catch (KernelException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ESRCH)) {
                visitor.vanished(pid);
            } else {
                visitor.unreadable(pid);
            }
            return -1;
        }
    }

    private int overLinks(int pid, Fd directory) throws KernelException {
        int count = 0;
        boolean refused = false;
        while (fill(directory, directoryBytes, entries)) {
            while (entries.next()) {
                count++;
                refused |= !follow(pid, entries.number(), directory, entries.nameOffset());
            }
        }
        if (refused) {
            visitor.unreadable(pid);
        }
        return count;
    }

    /** False when the link may not be read. */
    private boolean follow(int pid, int fd, Fd directory, int nameAt) {
        long length =
                Kernel.call(Syscall.READLINKAT, directory.number(), directoryAddress + nameAt, linkAddress, LINK_BYTES);
        if (length < 0) {
            return !Kernel.errno(length).equals(Errno.EACCES);
        }
        long inode = socketInode(link, (int) length);
        if (inode >= 0) {
            visitor.socket(pid, fd, inode);
        } else if (is(EPOLL_LINK, link, (int) length)) {
            visitor.epoll(pid, fd);
        } else if (is(RING_LINK, link, (int) length)) {
            visitor.ring(pid, fd);
        }
        return true;
    }

    private static boolean is(byte[] text, ByteBuffer link, int length) {
        if (length != text.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (link.get(i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** The number in {@code socket:[number]}, or -1 for a link to anything else. */
    static long socketInode(ByteBuffer link, int length) {
        if (length < SOCKET_LINK.length + 2) {
            return -1;
        }
        for (int i = 0; i < SOCKET_LINK.length; i++) {
            if (link.get(i) != SOCKET_LINK[i]) {
                return -1;
            }
        }
        long inode = 0;
        for (int i = SOCKET_LINK.length; i < length - 1; i++) {
            inode = inode * 10 + (link.get(i) - '0');
        }
        return inode;
    }

    private interface NumberConsumer {
        void accept(int number);
    }

    private static void forEachNumber(String path, ByteBuffer buffer, NumberConsumer consumer) throws KernelException {
        NumberedEntries entries = new NumberedEntries(buffer);
        try (Fd directory = Fd.open(path, Fd.READ_ONLY)) {
            while (fill(directory, buffer, entries)) {
                while (entries.next()) {
                    consumer.accept(entries.number());
                }
            }
        }
    }

    /** False when all have been read. */
    private static boolean fill(Fd directory, ByteBuffer buffer, NumberedEntries entries) throws KernelException {
        long result = Kernel.call(Syscall.GETDENTS64, directory.number(), Kernel.address(buffer), buffer.capacity());
        int length = (int) Kernel.check(result, Syscall.GETDENTS64, "");
        entries.filled(length);
        return length > 0;
    }
}
