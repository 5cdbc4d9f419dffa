package lastack.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThisHostTest {
    @TempDir
    private Path root;

    private void file(String path, String... lines) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, String.join("\n", lines) + '\n');
    }

    @Test
    void findsServicesByNameAndAliasForTcpOnly() throws IOException {
        file(
                "etc/services",
                "# comment ssh 1/tcp",
                "ssh\t\t22/tcp\t\t\t# SSH Remote Login Protocol",
                "domain 53/udp",
                "domain 53/tcp",
                "tftp 69/udp",
                "http\t80/tcp www # WorldWideWeb xyz",
                "broken");
        Lookup host = new ThisHost(root);

        assertThat(host.port("ssh")).isEqualTo(22);
        assertThat(host.port("domain")).isEqualTo(53);
        assertThat(host.port("www")).isEqualTo(80);
        assertThat(host.port("tftp")).isEqualTo(-1);
        assertThat(host.port("xyz")).isEqualTo(-1);
        assertThat(host.port("broken")).isEqualTo(-1);
        assertThat(host.port("SSH")).isEqualTo(-1);
    }

    @Test
    void findsUsersByTheirWholeName() throws IOException {
        file(
                "etc/passwd",
                "root:x:0:0:root:/root:/bin/bash",
                "alice:x:1000:1000::/home/alice:/bin/sh",
                "+::::::",
                "nobody:x:4294967294:65534::/:/bin/false");
        Lookup host = new ThisHost(root);

        assertThat(host.uid("root")).isZero();
        assertThat(host.uid("alice")).isEqualTo(1000);
        assertThat(host.uid("nobody")).isEqualTo(4_294_967_294L);
        assertThat(host.uid("ali")).isEqualTo(-1);
        assertThat(host.uid("+")).isEqualTo(-1);
    }

    @Test
    void knowsNothingWhereTheTablesAreMissing() {
        Lookup host = new ThisHost(root);

        assertThat(host.port("ssh")).isEqualTo(-1);
        assertThat(host.uid("root")).isEqualTo(-1);
        assertThat(host.cgroup("/x")).isNull();
        assertThatThrownBy(host::localPorts).isInstanceOf(IOException.class);
    }

    @Test
    void findsCgroupsBelowTheMountHoweverTheyAreWritten() throws IOException {
        file("proc/self/mounts", "tmpfs /sys/fs/cgroup tmpfs rw 0 0", "cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0");
        Files.createDirectories(root.resolve("sys/fs/cgroup/unified/web.slice/a"));
        Lookup host = new ThisHost(root);

        assertThat(host.cgroup("/web.slice/a")).isEqualTo("/web.slice/a");
        assertThat(host.cgroup("web.slice/a/")).isEqualTo("/web.slice/a");
        assertThat(host.cgroup("/sys/fs/cgroup/unified/web.slice")).isEqualTo("/web.slice");
        assertThat(host.cgroup("/sys/fs/cgroup/unified")).isEqualTo("/");
        assertThat(host.cgroup("/none")).isNull();
        assertThat(host.cgroup("a\0b")).isNull();
    }

    @Test
    void readsTheLocalPortRange() throws IOException {
        file("proc/sys/net/ipv4/ip_local_port_range", "1024\t4999");

        PortRange range = new ThisHost(root).localPorts();

        assertThat(range).isEqualTo(new PortRange(1024, 4999));
    }

    /** A sysctl file answers only the first read, whatever its length, and says that its size is 0. */
    @Test
    void readsTheRunningKernelsLocalPortRange() throws IOException {
        PortRange range = new ThisHost().localPorts();

        assertThat(range.first()).isPositive();
        assertThat(range.last()).isGreaterThan(range.first());
    }

    @Test
    void resolvesAddressesWithoutANameServer() {
        Lookup host = new ThisHost();

        assertThat(host.addresses("127.0.0.1")).containsExactly(Sockets.address("127.0.0.1"));
    }
}
