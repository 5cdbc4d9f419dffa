package lastack.kernel.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what the threads of one process are doing, and which descriptors they wait for. */
final class ThreadReader {
    /** Of the threads that wait for something else, so many are asked where. */
    private static final int MOST_NAMED = 32;

    /** {@code struct pollfd}: int fd, short events, short revents. */
    private static final int POLLFD_BYTES = 8;

    private static final int POLLFD_EVENTS = 4;

    /** {@code POLLIN | POLLRDNORM | POLLRDHUP} of {@code asm-generic/poll.h}. */
    private static final int POLL_TO_READ = 0x1 | 0x40 | 0x2000;

    private static final int MOST_POLLED = 4_096;
    private static final int MOST_SELECTED = 1_024;
    private static final int ELF_CLASS = 4;
    private static final int ELF_64 = 2;

    private final Path process;
    private int named;

    ThreadReader(int pid) {
        this.process = Path.of("/proc/" + pid);
    }

    /**
     * All threads.
     *
     * @throws IOException when they may not be looked at, or are those of a 32-bit program, whose calls have other numbers
     */
    List<ThreadWait> read() throws IOException {
        if (!isOf64Bits()) {
            throw new IOException("a 32-bit program");
        }
        List<ThreadWait> threads = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path task : tasks) {
                read(task, threads);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return threads;
    }

    /** A thread that has ended meanwhile is left out. */
    private void read(Path task, List<ThreadWait> threads) throws IOException {
        try {
            int tid = Integer.parseInt(task.getFileName().toString());
            threads.add(thread(tid, task, text(task.resolve("syscall")).trim()));
        } catch (IOException e) {
            if (Files.exists(task)) {
                throw e;
            }
        }
    }

    private boolean isOf64Bits() throws IOException {
        try (var exe = Files.newInputStream(process.resolve("exe"))) {
            byte[] head = exe.readNBytes(ELF_CLASS + 1);
            return head.length > ELF_CLASS && head[ELF_CLASS] == ELF_64;
        }
    }

    /** The line is {@code NUMBER ARG0 ... ARG5 SP PC}, {@code -1 SP PC} outside of a call, or {@code running}. */
    private ThreadWait thread(int tid, Path task, String line) {
        String[] words = line.split(" ", -1);
        if (words.length < 7) {
            return new ThreadWait(tid, words[0].equals("running") ? "running" : "?", Set.of(), Set.of());
        }
        WaitingCall call = WaitingCall.of(Long.parseLong(words[0]));
        if (call == null) {
            return new ThreadWait(tid, channel(task), Set.of(), Set.of());
        }
        long[] arguments = new long[3];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = Long.parseUnsignedLong(words[i + 1].substring(2), 16);
        }
        return wait(tid, call, arguments);
    }

    private ThreadWait wait(int tid, WaitingCall call, long... arguments) {
        int first = (int) arguments[0];
        return switch (call.names()) {
            case FIRST, EPOLL_SET -> wait(tid, call, Set.of(first), Set.of());
            case FIRST_TO_WRITE -> wait(tid, call, Set.of(), Set.of(first));
            case SECOND_TO_FIRST -> wait(tid, call, Set.of((int) arguments[1]), Set.of(first));
            case FIRST_TO_THIRD -> wait(tid, call, Set.of(first), Set.of((int) arguments[2]));
            case POLL_ARRAY -> {
                ByteBuffer array = memory(arguments[0], (int) Math.min(arguments[1], MOST_POLLED) * POLLFD_BYTES);
                yield wait(tid, call, polled(array, true), polled(array, false));
            }
            case BIT_SETS -> {
                int count = (int) Math.min(arguments[0], MOST_SELECTED);
                yield wait(tid, call, selected(count, arguments[1]), selected(count, arguments[2]));
            }
        };
    }

    private static ThreadWait wait(int tid, WaitingCall call, Set<Integer> toRead, Set<Integer> toWrite) {
        Set<Integer> all = new HashSet<>(toRead);
        all.addAll(toWrite);
        return new ThreadWait(tid, call.manualName(), all, toRead);
    }

    private String channel(Path task) {
        if (named++ >= MOST_NAMED) {
            return "?";
        }
        try {
            String channel = text(task.resolve("wchan")).trim();
            return channel.isEmpty() || channel.equals("0") ? "?" : channel;
        } catch (IOException e) {
            return "?";
        }
    }

    /** Those that are asked whether they can be read, or those that are not. */
    private static Set<Integer> polled(ByteBuffer array, boolean toRead) {
        Set<Integer> descriptors = new HashSet<>();
        for (int at = 0; at < array.limit(); at += POLLFD_BYTES) {
            if ((array.getShort(at + POLLFD_EVENTS) & POLL_TO_READ) != 0 == toRead) {
                descriptors.add(array.getInt(at));
            }
        }
        return descriptors;
    }

    private Set<Integer> selected(int count, long address) {
        Set<Integer> descriptors = new HashSet<>();
        ByteBuffer bits = memory(address, address == 0 ? 0 : (count + 7) / 8);
        for (int fd = 0; fd < Math.min(count, bits.limit() * 8); fd++) {
            if ((bits.get(fd / 8) >> fd % 8 & 1) != 0) {
                descriptors.add(fd);
            }
        }
        return descriptors;
    }

    /** What the process has at an address; empty when it cannot be read any more. */
    private ByteBuffer memory(long address, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
        try (FileChannel memory = FileChannel.open(process.resolve("mem"))) {
            int read = bytes == 0 ? 0 : memory.read(buffer, address);
            return buffer.limit(read == bytes ? bytes : 0);
        } catch (IOException e) {
            return buffer.limit(0);
        }
    }

    private static String text(Path path) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    }
}
