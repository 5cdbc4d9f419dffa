package lastack.filter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lastack.host.UserTable;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/** Looks things up in the files of a host, and host names with its resolver. */
record ThisHost(Path root) implements Lookup {
    ThisHost() {
        this(Path.of("/"));
    }

    @Override
    public List<IpAddress> addresses(String hostName) {
        try {
            List<IpAddress> found = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(hostName)) {
                found.add(IpAddress.of(address));
            }
            return found;
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    @Override
    public int port(String service) {
        return ServiceNames.port(root.resolve("etc/services"), service);
    }

    @Override
    public long uid(String user) {
        return UserTable.read(root.resolve("etc/passwd")).uid(user);
    }

    @Override
    public PortRange localPorts() throws IOException {
        return LocalPortRange.read(root.resolve("proc/sys/net/ipv4/ip_local_port_range"));
    }

    @Override
    public Uptime uptime() throws IOException {
        return Uptime.read(root.resolve("proc/uptime"));
    }

    @Override
    public @Nullable LocalInterface device(String name) {
        return LocalInterface.read(root, name);
    }

    @Override
    public @Nullable String cgroup(String path) {
        return CgroupPath.find(root, path);
    }
}
