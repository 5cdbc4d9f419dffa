package lastack.forwarded;

import java.util.Locale;

/** What was seen of one end of a connection in the end. */
public enum EndSight {
    /** Its host says that there is no such connection any more. */
    RESET,
    /** It still answers as part of the connection. */
    ALIVE,
    /** It does not answer at all: switched off, unplugged, or behind a filter. */
    SILENT,
    /** It was not looked at. */
    UNKNOWN;

    /** In words. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
