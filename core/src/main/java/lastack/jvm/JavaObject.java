package lastack.jvm;

/**
 * An object in another JVM.
 *
 * @param type its class
 * @param identity its identity hash code in hex, as {@code toString} shows it; empty where it was seen in a heap dump
 */
public record JavaObject(String type, String identity) {
    /** {@code java.net.Socket@1b2c3d}. */
    @Override
    public String toString() {
        return identity.isEmpty() ? type : type + "@" + identity;
    }

    /** The class without its package: {@code Socket}. */
    public String shortType() {
        int array = type.lastIndexOf('[') + 1;
        String plain = array > 0 && type.length() > array + 1
                ? type.substring(array + 1).replace(";", "")
                : type;
        // The JVM numbers what it makes of lambdas: Pool$$Lambda/0x00007f68f4001a28.
        int number = plain.indexOf('/');
        String named = number < 0 ? plain : plain.substring(0, number);
        return named.substring(named.lastIndexOf('.') + 1) + (array > 0 ? "[]" : "");
    }
}
