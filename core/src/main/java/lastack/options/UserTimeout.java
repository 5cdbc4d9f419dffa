package lastack.options;

import lastack.kernel.KernelException;
import lastack.kernel.SockOpt;
import lastack.kernel.SocketFd;

/**
 * How long sent data may stay unacknowledged before the connection is given up ({@code TCP_USER_TIMEOUT}, RFC 5482).
 *
 * @param millis milliseconds; 0 for the kernel's own patience ({@code tcp_retries2})
 */
public record UserTimeout(int millis) implements SocketOption {
    static UserTimeout parse(String value) throws OptionSyntaxException {
        OptionText text = new OptionText(OptionName.USER_TIMEOUT, value);
        return new UserTimeout(value.equals("off") ? 0 : text.millis(value, 1, Integer.MAX_VALUE));
    }

    static UserTimeout read(SocketFd socket) throws KernelException {
        return new UserTimeout(socket.option(SockOpt.TCP_USER_TIMEOUT));
    }

    @Override
    public OptionName name() {
        return OptionName.USER_TIMEOUT;
    }

    @Override
    public String value() {
        return millis == 0 ? "off" : OptionText.shown(millis);
    }

    @Override
    @SuppressWarnings("exports")
    public void apply(SocketFd socket) throws KernelException {
        socket.setOption(SockOpt.TCP_USER_TIMEOUT, millis);
    }
}
