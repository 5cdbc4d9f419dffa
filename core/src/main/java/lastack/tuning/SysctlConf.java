package lastack.tuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file sysctl.d(5) reads at boot, one of lastack's own. Lines somebody else put into it stay. */
final class SysctlConf {
    private static final String HEADING = "# written by lastack tune; taken back by: lastack tune undo";

    private final Path file;

    SysctlConf(Path file) {
        this.file = file;
    }

    /** Gives the setting this value at every boot. */
    void put(Setting setting, String value) throws IOException {
        List<String> lines = linesWithout(setting);
        if (lines.isEmpty()) {
            lines.add(HEADING);
        }
        lines.add(setting.sysctl() + " = " + value);
        WholeFile.replace(file, lines);
    }

    /** Says nothing about the setting any more. */
    void remove(Setting setting) throws IOException {
        List<String> lines = linesWithout(setting);
        WholeFile.replace(file, lines.equals(List.of(HEADING)) ? List.of() : lines);
    }

    private List<String> linesWithout(Setting setting) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.exists(file)) {
            lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
        }
        lines.removeIf(line -> line.split("=", 2)[0].trim().equals(setting.sysctl()));
        return lines;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
