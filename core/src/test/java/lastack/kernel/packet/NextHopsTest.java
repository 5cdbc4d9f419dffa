package lastack.kernel.packet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.diag.RecordedLink;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.model.IpAddress;
import org.junit.jupiter.api.Test;

/** Answers no device of a test can give. */
final class NextHopsTest {
    private static final int NUD_REACHABLE = 2;

    private static ByteBuffer message(int length, int type) {
        return Kernel.memory(length).putInt(0, length).putShort(4, (short) type);
    }

    private static byte[] bytes(ByteBuffer message) {
        byte[] bytes = new byte[message.capacity()];
        message.get(0, bytes);
        return bytes;
    }

    private static byte[] route() {
        int attribute = NetlinkMessage.HEADER + Routes.RTMSG;
        return bytes(message(attribute + 8, Routes.RTM_NEWROUTE)
                .put(NetlinkMessage.HEADER + 7, (byte) Routes.RTN_UNICAST)
                .putShort(attribute, (short) 8)
                .putShort(attribute + 2, (short) Routes.RTA_OIF)
                .putInt(attribute + 4, 7));
    }

    private static byte[] neighbour(int hardwareBytes) {
        int attribute = NetlinkMessage.HEADER + NextHops.NDMSG;
        return bytes(message(attribute + 4 + hardwareBytes, NextHops.RTM_NEWNEIGH)
                .putShort(NetlinkMessage.HEADER + 8, (short) NUD_REACHABLE)
                .putShort(attribute, (short) (4 + hardwareBytes))
                .putShort(attribute + 2, (short) NextHops.NDA_LLADDR));
    }

    @Test
    void doesNotCutTheTwentyBytesOfInfiniband() {
        RecordedLink link = new RecordedLink().then(route()).then(neighbour(20));
        try (NextHops hops = new NextHops(link)) {

            assertThatThrownBy(() -> hops.towards(IpAddress.v4(0x0A000001)))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("10.0.0.1")
                    .hasMessageContaining("20 bytes");
        }
    }
}
