package lastack.jvm;

/**
 * One line of a stack.
 *
 * @param type the class
 * @param method its method
 * @param file the source file, or empty
 * @param line the line, or negative
 */
public record Frame(String type, String method, String file, int line) {
    /** Whether it is the JDK's own, or a library's through which every program goes. */
    public boolean isPlatform() {
        return type.startsWith("java.")
                || type.startsWith("javax.")
                || type.startsWith("jdk.")
                || type.startsWith("sun.")
                || type.startsWith("com.sun.");
    }

    /** {@code com.acme.Conn.open(Conn.java:42)}, as stack traces have it. */
    @Override
    public String toString() {
        String place = file.isEmpty() ? "unknown source" : line < 0 ? file : file + ":" + line;
        return type + "." + method + "(" + place + ")";
    }
}
