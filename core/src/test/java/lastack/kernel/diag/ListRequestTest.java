package lastack.kernel.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import lastack.kernel.CProgram;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.Narrowing;
import org.junit.jupiter.api.Test;

/** Requests to list, as C writes them from the kernel's headers. */
final class ListRequestTest {
    private static final String INCLUDES = """
            #include <arpa/inet.h>
            #include <linux/inet_diag.h>
            #include <linux/netlink.h>
            #include <linux/sock_diag.h>
            #include <stdio.h>
            static void hex(const void *from, size_t length) {
                for (size_t i = 0; i < length; i++)
                    printf("%02x", ((const unsigned char *)from)[i]);
                printf("\\n");
            }
            """;

    private static String hex(ByteBuffer request) {
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void asksForSomeStatesOfBothFamilies() throws IOException, InterruptedException {
        List<String> real = CProgram.run(INCLUDES + """
                int main(void) {
                    struct { struct nlmsghdr header; struct inet_diag_req body; } request = {
                        .header = {.nlmsg_len = sizeof request, .nlmsg_type = TCPDIAG_GETSOCK,
                                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP, .nlmsg_seq = 0x11223344},
                        .body = {.idiag_family = AF_UNSPEC, .idiag_ext = 1 << (INET_DIAG_INFO - 1), .idiag_states = 1 << 8}};
                    hex(&request, sizeof request);
                    return 0;
                }
                """);

        ByteBuffer request = ListRequest.of(0x11223344, Set.of(Family.values()), 1 << 8, 1 << 1, new byte[0]);

        assertThat(real).containsExactly(hex(request));
    }

    @Test
    void asksForOneFamilyAndSendsAProgramAlong() throws IOException, InterruptedException {
        List<String> real = CProgram.run(INCLUDES + """
                struct host { struct inet_diag_bc_op op; struct inet_diag_hostcond cond; uint32_t address; };
                struct port { struct inet_diag_bc_op least, least_port, most, most_port; };
                int main(void) {
                    struct {
                        struct nlmsghdr header;
                        struct inet_diag_req_v2 body;
                        struct nlattr attribute;
                        struct host host;
                        struct inet_diag_bc_op jump;
                        struct port port;
                    } request = {
                        .header = {.nlmsg_len = sizeof request, .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP, .nlmsg_seq = 1},
                        .body = {.sdiag_family = AF_INET, .sdiag_protocol = IPPROTO_TCP, .idiag_states = 2},
                        .attribute = {sizeof(struct nlattr) + 16 + 4 + 16, INET_DIAG_REQ_BYTECODE},
                        .host = {{INET_DIAG_BC_S_COND, 16, 20}, {AF_INET, 8, -1}, htonl(0x7f000000)},
                        .jump = {INET_DIAG_BC_JMP, 4, 20},
                        .port = {{INET_DIAG_BC_D_GE, 8, 20}, {0, 0, 80}, {INET_DIAG_BC_D_LE, 8, 12}, {0, 0, 443}}};
                    hex(&request, sizeof request);
                    return 0;
                }
                """);

        Narrowing loopbackOrWeb = new Narrowing.Any(
                List.of(new Narrowing.Network(true, IpAddress.v4(0x7f00_0000), 8), new Narrowing.Port(false, 80, 443)));
        ByteBuffer request = ListRequest.of(1, Set.of(Family.INET), 2, 0, Bytecode.of(loopbackOrWeb));

        assertThat(real).containsExactly(hex(request));
    }
}
