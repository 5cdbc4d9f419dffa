package lastack.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The lines of one of the host's small tables; a host without the table has nothing in it. */
public final class TextFile {
    private TextFile() {}

    /** One byte is one character, so that no stray byte makes a line unreadable. */
    public static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
