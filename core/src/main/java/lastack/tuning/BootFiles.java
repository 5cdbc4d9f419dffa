package lastack.tuning;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The other files settings are read from at boot, as sysctl.d(5) and sysctl(8) order them: by their names, whatever their folder; of two with the
 * same name the one in the earlier folder; {@code sysctl.conf} last.
 *
 * @param root below which they are
 */
record BootFiles(Path root) {
    private static final List<String> FOLDERS =
            List.of("etc/sysctl.d", "run/sysctl.d", "usr/local/lib/sysctl.d", "usr/lib/sysctl.d", "lib/sysctl.d");

    /** A line that gives the setting another value after a file of this name did; in words, with its file. */
    Optional<String> overriding(String fileName, Setting setting, String value) throws IOException {
        Optional<String> last = Optional.empty();
        for (Path file : after(fileName)) {
            Optional<String> line = new SysctlConf(file).line(setting);
            last = line.isPresent() ? line.map(text -> file + ": " + text.strip()) : last;
        }
        return last.filter(text -> !isValue(setting, text.substring(text.indexOf('=') + 1), value));
    }

    private List<Path> after(String fileName) throws IOException {
        TreeMap<String, Path> byName = new TreeMap<>();
        for (String folder : FOLDERS.reversed()) {
            addFrom(root.resolve(folder), byName);
        }
        List<Path> later = new ArrayList<>(byName.tailMap(fileName, false).values());
        later.add(root.resolve("etc/sysctl.conf"));
        return later;
    }

    private static void addFrom(Path folder, TreeMap<String, Path> byName) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.conf")) {
            files.forEach(file -> byName.put(file.getFileName().toString(), file));
        }
    }

    private static boolean isValue(Setting setting, String text, String value) {
        try {
            return setting.form().normal(text).equals(value);
        } catch (InvalidSettingException e) {
            return false;
        }
    }
}
