package lastack.model;

/**
 * What tells one socket from every other that ever was on this host: its addresses and the kernel's cookie.
 *
 * @param family the family of the dump it was found in; a v4-mapped socket is {@link Family#INET6}
 * @param local this end
 * @param peer the other end
 * @param deviceIndex the interface index the socket is bound to ({@code idiag_if}), 0 for none
 * @param cookie the 64-bit socket cookie ({@code SO_COOKIE}, {@code idiag_cookie}); never used twice
 *     until reboot; before Linux 5.10 in each network namespace by itself
 */
public record SocketId(Family family, Endpoint local, Endpoint peer, int deviceIndex, long cookie) {
    /** The cookie as ss prints it: up to 16 hex digits, high word first. */
    public String cookieHex() {
        return Long.toHexString(cookie);
    }

    /** Appends {@code local -> peer}. */
    public void appendTo(ByteText out) {
        local.appendTo(out);
        out.append(" -> ");
        peer.appendTo(out);
    }

    /** {@code local -> peer}. */
    @Override
    public String toString() {
        ByteText out = new ByteText(80);
        appendTo(out);
        return out.toString();
    }
}
