package lastack.kernel.process;

import java.nio.ByteBuffer;

/**
 * The entries of a folder of {@code /proc} whose names are numbers (processes, threads, descriptors), read in place where the kernel wrote
 * them.
 *
 * <pre>
 * struct linux_dirent64 (getdents64(2))
 *  0       8       16       18     19
 *  +-------+-------+--------+------+---------------
 *  | ino   | off   | reclen | type | name, zero byte
 *  +-------+-------+--------+------+---------------
 * </pre>
 */
public final class NumberedEntries {
    private static final int RECLEN = 16;
    private static final int NAME = 19;

    private final ByteBuffer bytes;
    private int end;
    private int next;
    private int at;
    private int number;

    /** Entries in this memory; none yet. */
    public NumberedEntries(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The kernel has written so many bytes: begins with the first entry. */
    public void filled(int length) {
        end = length;
        next = 0;
    }

    /** Moves to the next entry whose name is a number; false behind the last. */
    public boolean next() {
        while (next < end) {
            at = next;
            next += Short.toUnsignedInt(bytes.getShort(at + RECLEN));
            number = spelled(at + NAME);
            if (number >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The number. */
    public int number() {
        return number;
    }

    /** Where the name begins in the memory. */
    public int nameOffset() {
        return at + NAME;
    }

    /** The number a name spells, or -1 for any other name. */
    private int spelled(int start) {
        int value = 0;
        for (int i = start; ; i++) {
            byte b = bytes.get(i);
            if (b == 0) {
                return i == start ? -1 : value;
            }
            if (b < '0' || b > '9') {
                return -1;
            }
            value = value * 10 + (b - '0');
        }
    }
}
