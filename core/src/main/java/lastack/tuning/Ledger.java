package lastack.tuning;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lastack itself changed and what was there before: {@code /var/lib/lastack/tune}, a line for each setting.
 *
 * <p>A change that was not made to last ends with its namespace; such an entry is told by the boot and the namespace's
 * cookie, which is never used twice until reboot.
 */
final class Ledger {
    private static final String TAB = "\t";
    private static final String PERSISTED = "persisted";
    private static final String LIVE = "live";

    /** A file's lock is its process's; this one is between threads. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    /**
     * One change.
     *
     * @param home where it was made
     * @param setting which setting
     * @param before its value before the first change
     * @param after the value lastack gave it last
     * @param persisted whether it was written to the configuration too
     * @param line what the configuration said before; null for nothing
     */
    record Entry(
            Home home,
            Setting setting,
            String before,
            String after,
            boolean persisted,
            @Nullable String line) {
        /** The same change, where the kernel made something else of the value. */
        Entry leftAt(String value) {
            return new Entry(home, setting, before, value, persisted, line);
        }

        private String text() {
            String made = persisted ? PERSISTED : LIVE;
            String text = String.join(TAB, home.boot(), home.namespace(), setting.sysctl(), before, after, made);
            return line == null ? text : text + TAB + line;
        }

        private static Optional<Entry> parse(String line) {
            String[] parts = line.split(TAB, 7);
            boolean whole = parts.length >= 6 && (parts[5].equals(PERSISTED) || parts[5].equals(LIVE));
            return whole ? Setting.named(parts[2]).map(setting -> entry(setting, parts)) : Optional.empty();
        }

        private static Entry entry(Setting setting, String... parts) {
            Home home = new Home(parts[0], parts[1]);
            return new Entry(
                    home, setting, parts[3], parts[4], parts[5].equals(PERSISTED), parts.length == 7 ? parts[6] : null);
        }

        /** What was made to last is still in force in the first namespace after a reboot. */
        private boolean isInForce(Home here, boolean first) {
            return home.equals(here) || (persisted && first && !home.boot().equals(here.boot()));
        }
    }

    private final Path file;

    Ledger(Path file) {
        this.file = file;
    }

    /**
     * Does what reads and writes this, and what depends on it, while no other lastack does.
     *
     * @throws IOException also where nothing can be written beside the file
     */
    <T> T alone(Callable<T> work) throws Exception {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        Files.createDirectories(lock.toAbsolutePath().getParent());
        IN_THIS_PROCESS.lock();
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            WholeFile.tryFolderOf(file);
            return work.call();
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /** What can be undone in the calling thread's namespace, oldest first. */
    List<Entry> entriesHere() throws IOException {
        Home here = Home.current();
        boolean first = Home.isFirstNamespace();
        return entries().stream().filter(entry -> entry.isInForce(here, first)).toList();
    }

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (String line : WholeFile.lines(file)) {
            number++;
            if (!line.isBlank()) {
                entries.add(Entry.parse(line).orElseThrow(damaged(number)));
            }
        }
        return entries;
    }

    /** To go on would forget what the line remembers. */
    private Supplier<IOException> damaged(int number) {
        return () -> new DamagedException(
                file + ": line " + number + " cannot be understood",
                "mend the line, or move the file away: then what it remembers cannot be undone any more");
    }

    /** What was remembered cannot be read; nothing was changed. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String remedy;

        private DamagedException(String message, String remedy) {
            super(message);
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }

    /** Notes a change, in the place of an earlier one; without a new one the earlier is forgotten. */
    void replace(@Nullable Entry earlier, @Nullable Entry now) throws IOException {
        List<Entry> entries = new ArrayList<>(entries());
        entries.remove(earlier);
        if (now != null) {
            entries.add(now);
        }
        WholeFile.replace(file, entries.stream().map(Entry::text).toList());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
