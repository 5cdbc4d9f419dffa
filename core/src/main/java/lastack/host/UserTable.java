package lastack.host;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /etc/passwd}: {@code name:password:uid:...}; of two lines with the same name or number the first counts. */
public final class UserTable {
    private static final long MOST = 0xFFFF_FFFFL;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    private UserTable() {}

    /** Reads it; without a file it knows nobody. */
    public static UserTable read(Path file) {
        UserTable table = new UserTable();
        for (String line : TextFile.lines(file)) {
            String[] fields = line.split(":", -1);
            if (fields.length > 3 && isNumber(fields[2])) {
                table.add(fields[0], Integer.parseUnsignedInt(fields[2]));
            }
        }
        return table;
    }

    private static boolean isNumber(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && Long.parseLong(text) <= MOST;
    }

    private void add(String name, int number) {
        numbers.putIfAbsent(name, number);
        names.putIfAbsent(number, name);
    }

    /** The user's number, or -1. */
    public long uid(String name) {
        Integer number = numbers.get(name);
        return number == null ? -1 : Integer.toUnsignedLong(number);
    }

    /** The user's name, or null. */
    public @Nullable String name(int uid) {
        return names.get(uid);
    }
}
