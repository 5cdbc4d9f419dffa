package lastack.kernel.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import lastack.kernel.CProgram;
import lastack.kernel.Kernel;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.SocketId;
import org.junit.jupiter.api.Test;

/** The structs as this machine's headers lay them out: what C writes is what we read, and what we write is what C writes. */
final class LayoutTest {
    private static final String INCLUDES = """
            #include <arpa/inet.h>
            #include <linux/inet_diag.h>
            #include <linux/netlink.h>
            #include <linux/rtnetlink.h>
            #include <linux/sock_diag.h>
            #include <linux/tcp.h>
            #include <stddef.h>
            #include <stdio.h>
            #include <string.h>
            static void hex(const void *from, size_t length) {
                for (size_t i = 0; i < length; i++)
                    printf("%02x", ((const unsigned char *)from)[i]);
                printf("\\n");
            }
            """;

    @Test
    void agreesOnSizesAndNumbers() throws IOException, InterruptedException {
        List<String> real = CProgram.run(INCLUDES + """
                int main(void) {
                    hex("", 0);
                    printf("%zu %zu %zu %zu\\n", sizeof(struct nlmsghdr), sizeof(struct inet_diag_req_v2),
                           sizeof(struct inet_diag_sockid), sizeof(struct inet_diag_msg));
                    printf("%d %d\\n", SOCK_DIAG_BY_FAMILY, SOCK_DESTROY);
                    printf("%d %d %d %d %d %d\\n", INET_DIAG_INFO, INET_DIAG_CONG, INET_DIAG_SKMEMINFO,
                           INET_DIAG_SKV6ONLY, INET_DIAG_MARK, INET_DIAG_CGROUP_ID);
                    printf("%d %d %d %d\\n", NLM_F_REQUEST, NLM_F_ACK, NLM_F_DUMP, NLM_F_DUMP_INTR);
                    return 0;
                }
                """);

        assertThat(real)
                .containsExactly(
                        "",
                        line(NetlinkMessage.HEADER, InetDiagReq.SIZE, InetDiagReq.SOCKID_SIZE, InetDiagMsg.SIZE),
                        line(InetDiagReq.SOCK_DIAG_BY_FAMILY, InetDiagReq.SOCK_DESTROY),
                        line(
                                InetDiagMsg.INET_DIAG_INFO,
                                InetDiagMsg.INET_DIAG_CONG,
                                InetDiagMsg.INET_DIAG_SKMEMINFO,
                                InetDiagMsg.INET_DIAG_SKV6ONLY,
                                InetDiagMsg.INET_DIAG_MARK,
                                InetDiagMsg.INET_DIAG_CGROUP_ID),
                        line(
                                NetlinkMessage.NLM_F_REQUEST,
                                NetlinkMessage.NLM_F_ACK,
                                NetlinkMessage.NLM_F_DUMP,
                                NetlinkMessage.NLM_F_DUMP_INTR));
    }

    private static String line(int... numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    @Test
    void writesTheRequestThatCWrites() throws IOException, InterruptedException {
        SocketId id = new SocketId(
                Family.INET6,
                new Endpoint(IpAddress.v6(0x0102_0304_0506_0708L, 0x090a_0b0c_0d0e_0f10L), 0x1112),
                new Endpoint(IpAddress.v6(0x2122_2324_2526_2728L, 0x292a_2b2c_2d2e_2f30L), 0x3132),
                0x4142_4344,
                0x5152_5354_5556_5758L);

        List<String> real = CProgram.run(INCLUDES + """
                int main(void) {
                    struct { struct nlmsghdr header; struct inet_diag_req_v2 body; } request = {
                        .header = {.nlmsg_len = sizeof request, .nlmsg_type = SOCK_DESTROY,
                                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK, .nlmsg_seq = 0x61626364},
                        .body = {.sdiag_family = AF_INET6, .sdiag_protocol = IPPROTO_TCP, .idiag_states = -1,
                                 .id = {.idiag_sport = htons(0x1112), .idiag_dport = htons(0x3132),
                                        .idiag_src = {htonl(0x01020304), htonl(0x05060708), htonl(0x090a0b0c),
                                                      htonl(0x0d0e0f10)},
                                        .idiag_dst = {htonl(0x21222324), htonl(0x25262728), htonl(0x292a2b2c),
                                                      htonl(0x2d2e2f30)},
                                        .idiag_if = 0x41424344, .idiag_cookie = {0x55565758, 0x51525354}}}};
                    hex(&request, sizeof request);
                    return 0;
                }
                """);

        ByteBuffer request = new InetDiagReq().destroy(0x6162_6364, id);
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        assertThat(real).containsExactly(HexFormat.of().formatHex(bytes));
    }

    @Test
    void readsTheMessageThatCWrites() throws IOException, InterruptedException {
        List<String> real = CProgram.run(INCLUDES + """
                int main(void) {
                    struct inet_diag_msg m = {
                        .idiag_family = AF_INET, .idiag_state = 8, .idiag_timer = 2, .idiag_retrans = 3,
                        .id = {.idiag_sport = htons(1111), .idiag_dport = htons(2222), .idiag_src = {htonl(0x7f000001)},
                               .idiag_dst = {htonl(0x7f000002)}, .idiag_if = 4, .idiag_cookie = {0x55565758, 0x51525354}},
                        .idiag_expires = 5, .idiag_rqueue = 6, .idiag_wqueue = 7, .idiag_uid = 8, .idiag_inode = 9};
                    hex(&m, sizeof m);
                    return 0;
                }
                """);

        InetDiagMsg message = message(HexFormat.of().parseHex(real.getFirst()));
        assertThat(message.family()).isEqualTo(Family.INET);
        assertThat(message.state()).isEqualTo(8);
        assertThat(message.timer()).isEqualTo(2);
        assertThat(message.retransmits()).isEqualTo(3);
        assertThat(message.localPort()).isEqualTo(1111);
        assertThat(message.peerPort()).isEqualTo(2222);
        assertThat(message.localAddress()).hasToString("127.0.0.1");
        assertThat(message.peerAddress()).hasToString("127.0.0.2");
        assertThat(message.deviceIndex()).isEqualTo(4);
        assertThat(message.cookie()).isEqualTo(0x5152_5354_5556_5758L);
        assertThat(message.expiresMillis()).isEqualTo(5);
        assertThat(message.receiveQueue()).isEqualTo(6);
        assertThat(message.sendQueue()).isEqualTo(7);
        assertThat(message.uid()).isEqualTo(8);
        assertThat(message.inode()).isEqualTo(9);
    }

    private static InetDiagMsg message(byte[] bytes) {
        InetDiagMsg message = new InetDiagMsg(Kernel.memory(bytes.length).put(0, bytes));
        assertThat(message.wrap(0, bytes.length)).isTrue();
        return message;
    }

    /** Headers older than the table have fewer fields, and those they have are compared. */
    @Test
    void agreesOnEveryFieldOfTcpInfoThatTheHeaderHas() throws IOException, InterruptedException {
        int size = Integer.parseInt(CProgram.run(INCLUDES + """
                int main(void) { hex("", 0); printf("%zu\\n", sizeof(struct tcp_info)); return 0; }
                """).getLast());
        List<TcpInfoStruct> fields = Arrays.stream(TcpInfoStruct.values())
                .filter(field -> field.offset + field.width <= size)
                .toList();

        List<String> real = CProgram.run(INCLUDES
                + fields.stream()
                        .map(field -> field.fieldName())
                        .map(name -> "F(%s)".formatted(name))
                        .collect(Collectors.joining("\n", """
                        #define F(f) printf(#f " %zu %zu\\n", offsetof(struct tcp_info, tcpi_##f), \\
                                            sizeof(((struct tcp_info *)0)->tcpi_##f));
                        int main(void) {
                        hex("", 0);
                        """, "\nreturn 0;\n}\n")));

        assertThat(fields).contains(TcpInfoStruct.TOTAL_RETRANS);
        assertThat(real.subList(1, real.size()))
                .isEqualTo(fields.stream()
                        .map(field -> field.fieldName() + " " + field.offset + " " + field.width)
                        .toList());
    }

    @Test
    void splitsTheWindowScalesAsCDoes() throws IOException, InterruptedException {
        List<String> real = CProgram.run(INCLUDES + """
                int main(void) {
                    struct tcp_info info = {.tcpi_snd_wscale = 3, .tcpi_rcv_wscale = 12};
                    hex(&info, 8);
                    return 0;
                }
                """);

        MessageBytes copied = new MessageBytes();
        copied.copy(ByteBuffer.wrap(HexFormat.of().parseHex(real.getFirst())), 0, 8);
        assertThat(TcpInfoStruct.decode(copied, 8, 0).fields())
                .containsEntry("snd_wscale", 3L)
                .containsEntry("rcv_wscale", 12L);
    }
}
