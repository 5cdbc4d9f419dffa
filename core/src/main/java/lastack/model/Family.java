package lastack.model;

/** The address family of a socket, with the kernel's number ({@code AF_INET}, {@code AF_INET6}). */
public enum Family {
    INET(2, "inet"),
    INET6(10, "inet6");

    private final int number;
    private final String label;

    Family(int number, String label) {
        this.number = number;
        this.label = label;
    }

    /** The kernel's {@code AF_} number. */
    public int number() {
        return number;
    }

    /** {@code inet} or {@code inet6}. */
    public String label() {
        return label;
    }
}
