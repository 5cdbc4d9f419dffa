package lastack.kernel.ptrace;

/** Injection into this process was not tried or was given up, and nothing in it was changed; the message says why. */
public final class InjectionRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    InjectionRefusedException(String reason) {
        super(reason);
    }
}
