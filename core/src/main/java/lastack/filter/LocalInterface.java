package lastack.filter;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringTokenizer;
import lastack.host.TextFile;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A network interface and its addresses.
 *
 * @param name its name
 * @param netns the inode of the network namespace it is in
 * @param addresses its IPv4 and IPv6 addresses
 */
record LocalInterface(String name, long netns, List<IpAddress> addresses) {
    private static final int HALF = 16;

    /** The one of this name in the calling thread's namespace; null when there is none, or it has no address. */
    static @Nullable LocalInterface read(Path root, String name) {
        try {
            List<IpAddress> addresses = new ArrayList<>(v4(name));
            addresses.addAll(v6(root.resolve("proc/thread-self/net/if_inet6"), name));
            long netns = (Long) Files.getAttribute(root.resolve("proc/thread-self/ns/net"), "unix:ino");
            return addresses.isEmpty() ? null : new LocalInterface(name, netns, List.copyOf(addresses));
        } catch (IOException e) {
            return null;
        }
    }

    /** Java asks for IPv4 addresses on the calling thread, but reads IPv6 ones from {@code /proc/net}, the main thread's. */
    private static List<IpAddress> v4(String name) throws SocketException {
        List<IpAddress> found = new ArrayList<>();
        NetworkInterface device = NetworkInterface.getByName(name);
        if (device != null) {
            for (InetAddress address : device.inetAddresses().toList()) {
                if (address instanceof Inet4Address) {
                    found.add(IpAddress.of(address));
                }
            }
        }
        return found;
    }

    /** {@code ADDRESS INDEX LENGTH SCOPE FLAGS NAME}, in hex; a host without IPv6 has no such file. */
    static List<IpAddress> v6(Path file, String name) {
        List<IpAddress> found = new ArrayList<>();
        for (String line : TextFile.lines(file)) {
            StringTokenizer fields = new StringTokenizer(line);
            if (fields.countTokens() == 6 && line.endsWith(" " + name)) {
                String digits = fields.nextToken();
                found.add(IpAddress.v6(
                        HexFormat.fromHexDigitsToLong(digits, 0, HALF),
                        HexFormat.fromHexDigitsToLong(digits, HALF, 2 * HALF)));
            }
        }
        return found;
    }
}
