package lastack.tuning;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What lastack itself changed and what was there before: {@code /var/lib/lastack/tune}, a line for each setting.
 *
 * <p>A change that was not made to last ends with its namespace; such an entry is told by the boot and the namespace's
 * cookie, which is never used twice until reboot.
 */
final class Ledger {
    private static final String TAB = "\t";

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
            String made = persisted ? "persisted" : "live";
            String text = String.join(TAB, home.boot(), home.namespace(), setting.sysctl(), before, after, made);
            return line == null ? text : text + TAB + line;
        }

        private static Optional<Entry> parse(String line) {
            String[] parts = line.split(TAB, 7);
            return parts.length >= 6 ? Setting.named(parts[2]).map(setting -> entry(setting, parts)) : Optional.empty();
        }

        private static Entry entry(Setting setting, String... parts) {
            Home home = new Home(parts[0], parts[1]);
            return new Entry(
                    home,
                    setting,
                    parts[3],
                    parts[4],
                    parts[5].equals("persisted"),
                    parts.length == 7 ? parts[6] : null);
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
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(Entry::parse)
                .flatMap(Optional::stream)
                .toList();
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
