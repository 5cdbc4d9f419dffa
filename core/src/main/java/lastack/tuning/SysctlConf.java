package lastack.tuning;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file sysctl.d(5) reads at boot, one of lastack's own. Lines somebody else put into it stay. */
final class SysctlConf {
    private static final String HEADING = "# written by lastack tune; taken back by: lastack tune undo";

    private final Path file;

    SysctlConf(Path file) {
        this.file = file;
    }

    /** Fails where nothing could be written. */
    void tryFolder() throws IOException {
        WholeFile.tryFolderOf(file);
    }

    /** What it says about the setting; of several lines the last, which is the one in force. */
    Optional<String> line(Setting setting) throws IOException {
        return lines().stream().filter(line -> isAbout(line, setting)).reduce((earlier, later) -> later);
    }

    /** Gives the setting this value at every boot. */
    void put(Setting setting, String value) throws IOException {
        replace(setting, assignment(setting, value));
    }

    /** A line elsewhere that is read later at boot and gives the setting another value. */
    Optional<String> overriding(Setting setting, String value) throws IOException {
        Path root = file.resolve("../../..").normalize();
        return new BootFiles(root).overriding(file.getFileName().toString(), setting, value);
    }

    /** Puts back the line that was there before {@link #put}, if any; a line that somebody else wrote since stays. */
    void takeBack(Setting setting, String value, @Nullable String before) throws IOException {
        if (line(setting).equals(Optional.of(assignment(setting, value)))) {
            replace(setting, before);
        }
    }

    private void replace(Setting setting, @Nullable String line) throws IOException {
        List<String> lines = new ArrayList<>(lines());
        lines.removeIf(old -> isAbout(old, setting));
        if (line != null) {
            if (lines.isEmpty()) {
                lines.add(HEADING);
            }
            lines.add(line);
        }
        WholeFile.replace(file, lines.equals(List.of(HEADING)) ? List.of() : lines);
    }

    private List<String> lines() throws IOException {
        return WholeFile.lines(file);
    }

    private static String assignment(Setting setting, String value) {
        return setting.sysctl() + " = " + value;
    }

    /** In any spelling of sysctl.d(5): {@code -net/ipv4/tcp_tw_reuse=1} too. */
    private static boolean isAbout(String line, Setting setting) {
        String name = line.split("=", 2)[0].trim();
        String bare = name.startsWith("-") ? name.substring(1) : name;
        return bare.replace('/', '.').equals(setting.sysctl());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
