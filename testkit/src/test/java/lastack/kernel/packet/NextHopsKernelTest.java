package lastack.kernel.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import lastack.model.IpAddress;
import lastack.testkit.Namespace;
import lastack.testkit.Veth;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The next machine on the way, also one the kernel has not spoken to yet. */
final class NextHopsKernelTest {
    @ParameterizedTest
    @CsvSource({
        "10.77.0.2, Neighbour",
        "10.99.0.1, Neighbour",
        "fd77::2, Neighbour",
        "fd99::1, Neighbour",
        "10.77.0.3, Nobody",
        "192.0.2.1, Nobody",
        "10.77.0.1, ThisHost",
        "127.0.0.1, ThisHost",
    })
    void isTheNeighbourTheGatewayThisHostOrNobody(String destination, String kind) throws Exception {
        try (Namespace here = Namespace.open();
                Namespace there = Namespace.open()) {
            // The kernel solicits from a link-local address, which is of use only when its own check for duplicates is
            // over.
            here.exec("sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0");
            Veth.connect(here, there, 0);
            here.exec("ip", "route", "add", "10.99.0.0/24", "via", "10.77.0.2");
            here.exec("ip", "-6", "route", "add", "fd99::/64", "via", "fd77::2");
            String mac = there.exec("ip", "-br", "link", "show", "veth0b").split("\\s+", 4)[2];

            NextHop hop = here.call(() -> {
                try (NextHops hops = NextHops.open()) {
                    return hops.towards(IpAddress.of(InetAddress.ofLiteral(destination)));
                }
            });

            assertThat(hop.getClass().getSimpleName()).isEqualTo(kind);
            if (hop instanceof NextHop.Neighbour neighbour) {
                assertThat(neighbour.bytes()).isEqualTo(6);
                assertThat(Long.toHexString(1L << 48 | neighbour.address()).substring(1))
                        .isEqualTo(mac.replace(":", ""));
            }
        }
    }
}
