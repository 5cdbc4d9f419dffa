package lastack.jvm.heap;

import java.util.List;

/**
 * A class as a dump has it.
 *
 * @param id its identifier
 * @param above that of the class it extends; 0 for none
 * @param statics its static fields that refer to objects
 * @param fields the fields that it adds to those of the class above, in the order of their values
 */
record DumpType(long id, long above, List<Static> statics, List<Field> fields) {
    /** The kind of a field that refers to an object. */
    static final int OBJECT = 2;

    private static final int BOOLEAN = 4;
    private static final int CHAR = 5;
    private static final int FLOAT = 6;
    private static final int DOUBLE = 7;
    private static final int BYTE = 8;
    private static final int SHORT = 9;
    private static final int INT = 10;
    private static final int LONG = 11;

    /** A static field, by its name's identifier, and what it refers to. */
    record Static(long name, long object) {}

    /** A field, by its name's identifier, and how many bytes its value has. */
    record Field(long name, int kind, int bytes) {}

    /** How many bytes a value of a kind has. */
    static int bytes(int kind, int idBytes) {
        return switch (kind) {
            case OBJECT -> idBytes;
            case BOOLEAN, BYTE -> 1;
            case CHAR, SHORT -> Short.BYTES;
            case FLOAT, INT -> Integer.BYTES;
            case DOUBLE, LONG -> Long.BYTES;
            default -> throw new IllegalArgumentException("a heap dump with values of kind " + kind);
        };
    }
}
