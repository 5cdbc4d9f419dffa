package lastack.tuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lastack itself changed and what was there before: {@code /var/lib/lastack/tune}, a line for each setting.
 *
 * <p>A change that was not made to last ends with its namespace; such an entry is told by the boot and the namespace's
 * cookie, which is never used twice until reboot.
 */
final class Ledger {
    private static final String TAB = "\t";

    /**
     * One change.
     *
     * @param home where it was made
     * @param setting which setting
     * @param before its value before the first change
     * @param after the value lastack gave it last
     * @param persisted whether it was written to the configuration too
     */
    record Entry(Home home, Setting setting, String before, String after, boolean persisted) {
        private String line() {
            return String.join(
                    TAB,
                    home.boot(),
                    home.namespace(),
                    setting.sysctl(),
                    before,
                    after,
                    persisted ? "persisted" : "live");
        }

        private static Optional<Entry> parse(String line) {
            String[] parts = line.split(TAB, -1);
            return parts.length == 6 ? Setting.named(parts[2]).map(setting -> entry(setting, parts)) : Optional.empty();
        }

        private static Entry entry(Setting setting, String... parts) {
            Home home = new Home(parts[0], parts[1]);
            return new Entry(home, setting, parts[3], parts[4], parts[5].equals("persisted"));
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

    /** What can be undone here, oldest first. */
    List<Entry> entriesOf(Home here, boolean first) throws IOException {
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

    /** Notes a change, in the place of an earlier one. */
    void replace(@Nullable Entry earlier, Entry now) throws IOException {
        List<Entry> entries = new ArrayList<>(entries());
        entries.remove(earlier);
        entries.add(now);
        save(entries);
    }

    /** Forgets a change. */
    void forget(Entry entry) throws IOException {
        List<Entry> entries = new ArrayList<>(entries());
        entries.remove(entry);
        save(entries);
    }

    private void save(List<Entry> entries) throws IOException {
        WholeFile.replace(file, entries.stream().map(Entry::line).toList());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
