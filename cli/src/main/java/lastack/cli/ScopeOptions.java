package lastack.cli;

import java.util.EnumSet;
import java.util.Set;
import lastack.model.Family;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTables;
import picocli.CommandLine.Option;

/** Where to look: which network namespaces, which families. */
final class ScopeOptions {
    @Option(
            names = {"-N", "--netns", "--net"},
            paramLabel = "self|all|NAME|PID",
            description = "the network namespace (default: ${DEFAULT-VALUE})",
            defaultValue = "self")
    private String netns = "self";

    @Option(
            names = {"-4", "--ipv4"},
            description = "only AF_INET sockets")
    private boolean ipv4;

    @Option(
            names = {"-6", "--ipv6"},
            description = "only AF_INET6 sockets, v4-mapped ones among them")
    private boolean ipv6;

    SocketTables open() throws UnavailableException {
        return SocketTables.open(netns);
    }

    /** Whether sockets of several namespaces may be shown beside each other. */
    boolean several() {
        return netns.equals("all");
    }

    Set<Family> families() {
        if (ipv4 == ipv6) {
            return EnumSet.allOf(Family.class);
        }
        return EnumSet.of(ipv4 ? Family.INET : Family.INET6);
    }
}
