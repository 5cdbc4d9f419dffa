package lastack.filter;

import java.io.IOException;
import java.util.List;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A host with a few names in it.
 *
 * @param range null where it cannot be read
 */
record Lookups(@Nullable PortRange range) implements Lookup {
    Lookups() {
        this(new PortRange(32768, 60999));
    }

    @Override
    public PortRange localPorts() throws IOException {
        if (range == null) {
            throw new IOException("no such file");
        }
        return range;
    }

    /** A minute after boot, and no time passes. */
    @Override
    public Uptime uptime() {
        return new Uptime(60_000, System.nanoTime());
    }

    @Override
    public List<IpAddress> addresses(String hostName) {
        return switch (hostName) {
            case "localhost" -> List.of(IpAddress.v4(0x7F000001), IpAddress.v6(0, 1));
            case "db.example" -> List.of(IpAddress.v4(0x0A000001), IpAddress.v4(0x0A000002));
            default -> List.of();
        };
    }

    @Override
    public int port(String service) {
        return switch (service) {
            case "ssh" -> 22;
            case "http", "www" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }

    @Override
    public long uid(String user) {
        return switch (user) {
            case "root" -> 0;
            case "alice" -> 1000;
            default -> -1;
        };
    }

    @Override
    public @Nullable LocalInterface device(String name) {
        return name.equals("eth0")
                ? new LocalInterface(name, 4026531840L, List.of(IpAddress.v4(0x0A000005), IpAddress.v6(0, 5)))
                : null;
    }

    @Override
    public @Nullable String cgroup(String path) {
        return path.endsWith("web.service") ? "/system.slice/web.service" : null;
    }
}
