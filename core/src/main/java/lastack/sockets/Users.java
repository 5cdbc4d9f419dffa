package lastack.sockets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** User names by number, from {@code /etc/passwd}; a number without a name stands for itself. */
public final class Users {
    private static final Path PASSWD = Path.of("/etc/passwd");

    private final Map<Integer, String> names;

    private Users(Map<Integer, String> names) {
        this.names = names;
    }

    /** Reads the names this host knows; none when the file cannot be read. */
    public static Users ofThisHost() {
        try {
            return new Users(parse(Files.readAllLines(PASSWD, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return new Users(Map.of());
        }
    }

    private static Map<Integer, String> parse(List<String> lines) {
        Map<Integer, String> names = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.split(":", -1);
            if (fields.length > 3 && isNumber(fields[2])) {
                names.putIfAbsent(Integer.parseUnsignedInt(fields[2]), fields[0]);
            }
        }
        return names;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The name of the user, or the number as text. */
    public String nameOf(int uid) {
        String name = names.get(uid);
        return name != null ? name : Integer.toUnsignedString(uid);
    }
}
