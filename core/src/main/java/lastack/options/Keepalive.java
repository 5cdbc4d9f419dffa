package lastack.options;

import lastack.kernel.KernelException;
import lastack.kernel.SockOpt;
import lastack.kernel.SocketFd;

/**
 * Keepalive: probes to a peer that has been silent ({@code SO_KEEPALIVE}, {@code TCP_KEEPIDLE}, {@code TCP_KEEPINTVL},
 * {@code TCP_KEEPCNT}). It ends a socket whose peer does not answer any more, never one whose peer does.
 *
 * @param on whether probes are sent
 * @param idle seconds of silence before the first, 1 to 32767; 0 leaves it as it is
 * @param interval seconds between two, 1 to 32767; 0 leaves it as it is
 * @param probes how many may stay unanswered, 1 to 127; 0 leaves it as it is
 */
public record Keepalive(boolean on, int idle, int interval, int probes) implements SocketOption {
    private static final int MOST_SECONDS = 32_767;
    private static final int MOST_PROBES = 127;

    static Keepalive parse(String value) throws OptionSyntaxException {
        OptionText text = new OptionText(OptionName.KEEPALIVE, value);
        if (value.isEmpty() || !Character.isDigit(value.charAt(0))) {
            return new Keepalive(text.isOn(), 0, 0, 0);
        }
        String[] parts = value.split(":", -1);
        if (parts.length > 3) {
            throw text.bad();
        }
        int idle = text.seconds(parts[0], 1, MOST_SECONDS);
        int interval = parts.length > 1 ? text.seconds(parts[1], 1, MOST_SECONDS) : 0;
        int probes = parts.length > 2 ? text.count(parts[2], 1, MOST_PROBES) : 0;
        return new Keepalive(true, idle, interval, probes);
    }

    static Keepalive read(SocketFd socket) throws KernelException {
        return new Keepalive(
                socket.option(SockOpt.SO_KEEPALIVE) != 0,
                socket.option(SockOpt.TCP_KEEPIDLE),
                socket.option(SockOpt.TCP_KEEPINTVL),
                socket.option(SockOpt.TCP_KEEPCNT));
    }

    @Override
    public OptionName name() {
        return OptionName.KEEPALIVE;
    }

    @Override
    public String value() {
        if (!on) {
            return "off";
        }
        return idle == 0
                ? "on"
                : idle + "s" + (interval == 0 ? "" : ":" + interval + "s") + (probes == 0 ? "" : ":" + probes);
    }

    /** The times come first: the timer starts with what is set when keepalive is turned on. */
    @Override
    @SuppressWarnings("exports")
    public void apply(SocketFd socket) throws KernelException {
        set(socket, SockOpt.TCP_KEEPIDLE, idle);
        set(socket, SockOpt.TCP_KEEPINTVL, interval);
        set(socket, SockOpt.TCP_KEEPCNT, probes);
        socket.setOption(SockOpt.SO_KEEPALIVE, on ? 1 : 0);
    }

    private static void set(SocketFd socket, SockOpt option, int value) throws KernelException {
        if (value != 0) {
            socket.setOption(option, value);
        }
    }

    @Override
    public boolean isIn(SocketOption read) {
        return read instanceof Keepalive now
                && now.on == on
                && (idle == 0 || idle == now.idle)
                && (interval == 0 || interval == now.interval)
                && (probes == 0 || probes == now.probes);
    }
}
