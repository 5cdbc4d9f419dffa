package lastack.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import lastack.kernel.ProcSys;

/**
 * What a network namespace's settings say about ports ({@code networking/ip-sysctl.rst}).
 *
 * @param firstUnprivileged the first port that takes no {@code CAP_NET_BIND_SERVICE}
 * @param firstAutomatic the first port the kernel chooses on its own
 * @param lastAutomatic the last one
 * @param reserved the ports it does not choose on its own, as {@code 8080,9000-9010}
 */
public record PortSettings(int firstUnprivileged, int firstAutomatic, int lastAutomatic, String reserved) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Those of the calling thread's namespace; the kernel's defaults for what cannot be read. */
    public static PortSettings read() {
        String[] range = BLANKS.split(ProcSys.line("net.ipv4.ip_local_port_range", "32768 60999"), 2);
        return new PortSettings(
                Integer.parseInt(ProcSys.line("net.ipv4.ip_unprivileged_port_start", "1024")),
                Integer.parseInt(range[0]),
                Integer.parseInt(range[1]),
                ProcSys.line("net.ipv4.ip_local_reserved_ports", ""));
    }

    /** What matters for this port, each as a sentence. */
    public List<String> remarks(int port) {
        List<String> remarks = new ArrayList<>();
        if (port < firstUnprivileged) {
            remarks.add("ports below " + firstUnprivileged
                    + " take CAP_NET_BIND_SERVICE or root (net.ipv4.ip_unprivileged_port_start)");
        }
        if (isReserved(port)) {
            remarks.add("it is reserved (net.ipv4.ip_local_reserved_ports): the kernel does not choose it for"
                    + " connections; that never hinders a bind to it");
        } else if (port >= firstAutomatic && port <= lastAutomatic) {
            remarks.add("the kernel may choose it for any outgoing connection (net.ipv4.ip_local_port_range is "
                    + firstAutomatic + " to " + lastAutomatic
                    + "); net.ipv4.ip_local_reserved_ports=" + port + " would keep it for bind");
        }
        return remarks;
    }

    private boolean isReserved(int port) {
        for (String part : reserved.split(",", -1)) {
            int dash = part.indexOf('-');
            String first = dash < 0 ? part : part.substring(0, dash);
            String last = dash < 0 ? part : part.substring(dash + 1);
            if (!part.isEmpty() && port >= Integer.parseInt(first) && port <= Integer.parseInt(last)) {
                return true;
            }
        }
        return false;
    }
}
