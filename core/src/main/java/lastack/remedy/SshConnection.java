package lastack.remedy;

import java.net.InetAddress;
import java.util.Optional;
import lastack.model.Endpoint;
import lastack.model.IpAddress;
import lastack.model.TcpSocket;

/** The value of {@code SSH_CONNECTION} (ssh(1)): client address and port, server address and port. */
record SshConnection(IpAddress client, int clientPort, IpAddress server, int serverPort) {
    private static final String VARIABLE = "SSH_CONNECTION=";

    /** The connection an environment entry names, or nothing for any other entry. */
    static Optional<SshConnection> parse(String entry) {
        if (!entry.startsWith(VARIABLE)) {
            return Optional.empty();
        }
        String[] words = entry.substring(VARIABLE.length()).split(" ", -1);
        try {
            return words.length == 4
                    ? Optional.of(new SshConnection(
                            address(words[0]),
                            Integer.parseInt(words[1]),
                            address(words[2]),
                            Integer.parseInt(words[3])))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The address without its zone; only literals, so that no name is ever looked up. */
    private static IpAddress address(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        return IpAddress.of(InetAddress.ofLiteral(literal)).unmapped();
    }

    /** Whether the socket is the server's or the client's end of it. */
    boolean isOneEndOf(TcpSocket socket) {
        return (is(socket.local(), server, serverPort) && is(socket.peer(), client, clientPort))
                || (is(socket.local(), client, clientPort) && is(socket.peer(), server, serverPort));
    }

    private static boolean is(Endpoint end, IpAddress address, int port) {
        return end.port() == port && end.address().unmapped().equals(address);
    }
}
