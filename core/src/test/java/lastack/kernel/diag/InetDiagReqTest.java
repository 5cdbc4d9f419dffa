package lastack.kernel.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.SocketId;
import org.junit.jupiter.api.Test;

/** Requests, byte by byte. */
final class InetDiagReqTest {
    private static final SocketId V4 = new SocketId(
            Family.INET,
            new Endpoint(IpAddress.v4(0x0a4d0001), 0xa511),
            new Endpoint(IpAddress.v4(0x0a4d0002), 0x89f1),
            3,
            0x0123_4567_89ab_cdefL);

    private static final SocketId V6 = new SocketId(
            Family.INET6,
            new Endpoint(IpAddress.v6(0xfd77_0000_0000_0001L, 2), 443),
            new Endpoint(IpAddress.ANY_V6, 0),
            0,
            0xffff_ffff_ffff_ffffL);

    private static String hex(ByteBuffer request) {
        byte[] bytes = new byte[request.remaining()];
        request.get(request.position(), bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String plain(String commented) {
        StringBuilder digits = new StringBuilder();
        commented.lines().forEach(line -> digits.append(line.split("#", 2)[0].replace(" ", "")));
        return digits.toString();
    }

    @Test
    void looksUpOneSocketByAddressesDeviceAndCookie() {
        ByteBuffer request = new InetDiagReq().find(2, V4, 0);

        assertThat(hex(request)).isEqualTo(plain("""
                48 00 00 00   # nlmsghdr: len 72
                14 00         #   type SOCK_DIAG_BY_FAMILY
                01 00         #   flags NLM_F_REQUEST
                02 00 00 00   #   seq 2
                00 00 00 00   #   pid
                02 06 00 00   # inet_diag_req_v2: AF_INET, IPPROTO_TCP, no extensions
                ff ff ff ff   #   states: any
                a5 11         #   sport, network order
                89 f1         #   dport
                0a 4d 00 01 00 00 00 00 00 00 00 00 00 00 00 00
                0a 4d 00 02 00 00 00 00 00 00 00 00 00 00 00 00
                03 00 00 00   #   if
                ef cd ab 89   #   cookie, the low word first
                67 45 23 01
                """));
    }

    @Test
    void destroysOneSocketAndWantsToKnow() {
        ByteBuffer request = new InetDiagReq().destroy(3, V6);

        assertThat(hex(request)).isEqualTo(plain("""
                48 00 00 00   # nlmsghdr: len 72
                15 00         #   type SOCK_DESTROY
                05 00         #   flags NLM_F_REQUEST NLM_F_ACK
                03 00 00 00   #   seq 3
                00 00 00 00   #   pid
                0a 06 00 00   # inet_diag_req_v2: AF_INET6, IPPROTO_TCP
                ff ff ff ff   #   states: any
                01 bb         #   sport 443
                00 00         #   dport
                fd 77 00 00 00 00 00 01 00 00 00 00 00 00 00 02
                00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
                00 00 00 00   #   if
                ff ff ff ff ff ff ff ff
                """));
    }
}
