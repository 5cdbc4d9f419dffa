package lastack.testkit;

/** The output of {@code ss}, which asks the kernel on its own. */
final class Witness {
    private Witness() {}

    /** The line of the socket with this cookie. */
    static String line(Namespace namespace, String cookieHex) {
        String all = namespace.exec("ss", "-H", "-t", "-a", "-n", "-e");
        return all.lines()
                .filter(line -> (line + " ").contains(" sk:" + cookieHex + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sk:" + cookieHex + " in\n" + all));
    }
}
