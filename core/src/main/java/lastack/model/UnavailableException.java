package lastack.model;

/** What was asked cannot be had here: not permitted, or the kernel cannot do it. Carries the same three parts as a {@link Gap}. */
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;
    private final String remedy;

    /** A whole message: what, why, and what would help. */
    public UnavailableException(String what, String why, String remedy) {
        super(what + ": " + why + "; " + remedy);
        this.why = why;
        this.remedy = remedy;
    }

    /** Why not. */
    public String why() {
        return why;
    }

    /** What would help. */
    public String remedy() {
        return remedy;
    }
}
