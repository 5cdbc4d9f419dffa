package lastack.sockets;

import java.nio.file.Path;
import lastack.host.UserTable;

/** User names by number; a number without a name stands for itself. */
public final class Users {
    private final UserTable table;

    private Users(UserTable table) {
        this.table = table;
    }

    /** Reads the names this host knows; none when {@code /etc/passwd} cannot be read. */
    public static Users ofThisHost() {
        return new Users(UserTable.read(Path.of("/etc/passwd")));
    }

    /** The name of the user, or the number as text. */
    public String nameOf(int uid) {
        String name = table.name(uid);
        return name != null ? name : Integer.toUnsignedString(uid);
    }
}
