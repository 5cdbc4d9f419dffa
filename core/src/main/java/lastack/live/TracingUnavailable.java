package lastack.live;

import lastack.model.Gap;

/** The tracepoint cannot be used here. */
final class TracingUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Gap gap;

    TracingUnavailable(String why, String remedy) {
        super(why);
        this.gap = new Gap("state changes", why + ", so sockets are looked at again and again", remedy);
    }

    /** Why, and what would help. */
    Gap gap() {
        return gap;
    }
}
