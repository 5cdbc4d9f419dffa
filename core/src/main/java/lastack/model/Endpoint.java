package lastack.model;

import org.jspecify.annotations.Nullable;

/**
 * One end of a connection.
 *
 * @param address the address
 * @param port 0 to 65535; 0 where there is none, as for the peer of a listener
 * @param device the network interface the socket is bound to ({@code SO_BINDTODEVICE} or a link-local scope), or null
 */
public record Endpoint(
        IpAddress address, int port, @Nullable String device) {
    /** An end that is not bound to an interface. */
    public Endpoint(IpAddress address, int port) {
        this(address, port, null);
    }

    /** Appends the text as ss prints it: {@code 127.0.0.1:80}, {@code [::1]:80}, {@code 10.0.0.1%eth0:80}. */
    public void appendTo(ByteText out) {
        appendHost(out);
        out.append(':');
        if (port == 0) {
            out.append('*');
        } else {
            out.append(port);
        }
    }

    private void appendHost(ByteText out) {
        boolean brackets = address.family() == Family.INET6;
        if (brackets) {
            out.append('[');
        }
        address.appendTo(out);
        if (brackets) {
            out.append(']');
        }
        if (device != null) {
            out.append('%').append(device);
        }
    }

    @Override
    public String toString() {
        ByteText out = new ByteText(48);
        appendTo(out);
        return out.toString();
    }
}
