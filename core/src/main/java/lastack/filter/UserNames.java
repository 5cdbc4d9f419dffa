package lastack.filter;

import java.nio.file.Path;

/** Finds users in {@code /etc/passwd}: {@code name:password:uid:...}. */
final class UserNames {
    private UserNames() {}

    /** The user's number, or -1. */
    static long uid(Path file, String user) {
        for (String line : TextFile.lines(file)) {
            if (line.startsWith(user + ':')) {
                int start = line.indexOf(':', user.length() + 1) + 1;
                int end = line.indexOf(':', start);
                return start > 0 && end > start ? Numeral.decimal(line.substring(start, end)) : -1;
            }
        }
        return -1;
    }
}
