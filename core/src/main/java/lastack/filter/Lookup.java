package lastack.filter;

import java.io.IOException;
import java.util.List;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/** What a filter has to ask of the host it is written on. */
interface Lookup {
    /** The addresses of a host name; none when there is no such host. */
    List<IpAddress> addresses(String hostName);

    /** The TCP port of a service, or -1. */
    int port(String service);

    /** The number of a user, or -1. */
    long uid(String user);

    /** The ports the kernel gives to sockets that did not ask for one. */
    PortRange localPorts() throws IOException;

    /** The time since boot. */
    Uptime uptime() throws IOException;

    /** A network interface with its addresses, or null when it has none or is none. */
    @Nullable
    LocalInterface device(String name);

    /** The path below the cgroup v2 mount of a cgroup given so or by its directory; null when there is none. */
    @Nullable
    String cgroup(String path);
}
