package lastack.options;

import lastack.kernel.KernelException;
import lastack.kernel.SockOpt;
import lastack.kernel.SocketFd;

/**
 * What the program's close does with data that is not through yet ({@code SO_LINGER}).
 *
 * @param seconds how long close waits for it; 0 throws it away and sends a RST, {@link #OFF} goes on in the background
 */
public record Linger(int seconds) implements SocketOption {
    /** Close does not wait, and the kernel finishes the connection: what every socket starts with. */
    public static final int OFF = -1;

    private static final int MOST_SECONDS = 86_400;

    static Linger parse(String value) throws OptionSyntaxException {
        OptionText text = new OptionText(OptionName.LINGER, value);
        if (value.equals("off")) {
            return new Linger(OFF);
        }
        boolean bare = !value.isEmpty() && Character.isDigit(value.charAt(value.length() - 1));
        return new Linger(text.seconds(bare ? value + "s" : value, 0, MOST_SECONDS));
    }

    static Linger read(SocketFd socket) throws KernelException {
        int[] linger = socket.option(SockOpt.SO_LINGER, 2);
        return new Linger(linger[0] == 0 ? OFF : linger[1]);
    }

    @Override
    public OptionName name() {
        return OptionName.LINGER;
    }

    @Override
    public String value() {
        return seconds == OFF ? "off" : Integer.toString(seconds);
    }

    @Override
    @SuppressWarnings("exports")
    public void apply(SocketFd socket) throws KernelException {
        socket.setOption(SockOpt.SO_LINGER, seconds == OFF ? 0 : 1, Math.max(0, seconds));
    }
}
