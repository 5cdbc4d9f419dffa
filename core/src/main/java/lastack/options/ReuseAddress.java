package lastack.options;

import lastack.kernel.KernelException;
import lastack.kernel.SockOpt;
import lastack.kernel.SocketFd;

/**
 * Whether bind may take a port that has leftovers of older connections on it ({@code SO_REUSEADDR}). Some leftovers ask that
 * their own program had set it too, and nothing takes a port that has a listener.
 *
 * @param on whether it may
 */
public record ReuseAddress(boolean on) implements SocketOption {
    static ReuseAddress parse(String value) throws OptionSyntaxException {
        return new ReuseAddress(new OptionText(OptionName.REUSEADDR, value).isOn());
    }

    static ReuseAddress read(SocketFd socket) throws KernelException {
        return new ReuseAddress(socket.option(SockOpt.SO_REUSEADDR) != 0);
    }

    @Override
    public OptionName name() {
        return OptionName.REUSEADDR;
    }

    @Override
    public String value() {
        return on ? "on" : "off";
    }

    @Override
    @SuppressWarnings("exports")
    public void apply(SocketFd socket) throws KernelException {
        socket.setOption(SockOpt.SO_REUSEADDR, on ? 1 : 0);
    }
}
