package lastack.kernel.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import lastack.kernel.BpfProgram;
import lastack.kernel.CProgram;
import org.junit.jupiter.api.Test;

/** Numbers of packet filters and of route requests as this machine's headers have them. */
final class PacketHeadersTest {
    @Test
    void agreesOnTheInstructionsOfAFilter() throws IOException, InterruptedException {
        List<String> real = CProgram.run("""
                #include <stdio.h>
                #include <linux/filter.h>
                #include <linux/if_packet.h>
                int main(void) {
                    printf("%d %d %d %d\\n", BPF_LD | BPF_W | BPF_ABS, BPF_LD | BPF_H | BPF_ABS, BPF_LD | BPF_B | BPF_ABS,
                           BPF_LD | BPF_H | BPF_IND);
                    printf("%d %d %d %d\\n", BPF_LDX | BPF_B | BPF_MSH, BPF_JMP | BPF_JEQ | BPF_K,
                           BPF_JMP | BPF_JSET | BPF_K, BPF_RET | BPF_K);
                    printf("%d %d %d %d\\n", SKF_AD_OFF + SKF_AD_PROTOCOL, SKF_AD_OFF + SKF_AD_PKTTYPE, PACKET_OUTGOING,
                           BPF_ALU | BPF_AND | BPF_K);
                    return 0;
                }
                """);

        assertThat(real)
                .containsExactly(
                        line(
                                BpfProgram.LOAD_WORD,
                                BpfProgram.LOAD_HALF,
                                BpfProgram.LOAD_BYTE,
                                BpfProgram.LOAD_INDEXED_HALF),
                        line(
                                BpfProgram.LOAD_V4_HEADER_LENGTH,
                                BpfProgram.JUMP_IF_EQUAL,
                                BpfProgram.JUMP_IF_ANY_BIT,
                                BpfProgram.RETURN),
                        line(
                                PacketFilter.PROTOCOL_OF_FRAME,
                                PacketFilter.PACKET_TYPE,
                                PacketFilter.PACKET_OUTGOING,
                                BpfProgram.AND));
    }

    @Test
    void agreesOnTheAttributesOfARoute() throws IOException, InterruptedException {
        List<String> real = CProgram.run("""
                #include <stdio.h>
                #include <linux/rtnetlink.h>
                int main(void) {
                    printf("%d %d %d %d\\n", RTM_GETROUTE, RTM_NEWROUTE, RTN_UNICAST, RTN_LOCAL);
                    printf("%d %d %d %d\\n", RTA_DST, RTA_SRC, RTA_IIF, RTA_OIF);
                    printf("%d %d %d %d\\n", RTA_MARK, RTA_IP_PROTO, RTA_SPORT, RTA_DPORT);
                    return 0;
                }
                """);

        assertThat(real)
                .containsExactly(
                        line(Routes.RTM_GETROUTE, Routes.RTM_NEWROUTE, Routes.RTN_UNICAST, Routes.RTN_LOCAL),
                        line(Routes.RTA_DST, Routes.RTA_SRC, Routes.RTA_IIF, Routes.RTA_OIF),
                        line(Routes.RTA_MARK, Routes.RTA_IP_PROTO, Routes.RTA_SPORT, Routes.RTA_DPORT));
    }

    private static String line(int a, int b, int c, int d) {
        return a + " " + b + " " + c + " " + d;
    }
}
