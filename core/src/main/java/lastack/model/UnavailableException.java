package lastack.model;

/** What was asked cannot be had here: not permitted, or the kernel cannot do it. Carries the same three parts as a {@link Gap}. */
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A whole message: what, why, and what would help. */
    public UnavailableException(String what, String why, String remedy) {
        super(what + ": " + why + "; " + remedy);
    }
}
