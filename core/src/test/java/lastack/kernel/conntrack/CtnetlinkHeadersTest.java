package lastack.kernel.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import lastack.kernel.CProgram;
import lastack.model.TrackedState;
import org.junit.jupiter.api.Test;

/** Numbers of ctnetlink as this machine's headers have them. */
final class CtnetlinkHeadersTest {
    @Test
    void agreesOnAttributesAndStates() throws IOException, InterruptedException {
        List<String> real = CProgram.run("""
                #include <stdio.h>
                #include <linux/netfilter/nfnetlink.h>
                #include <linux/netfilter/nfnetlink_conntrack.h>
                #include <linux/netfilter/nf_conntrack_tcp.h>
                int main(void) {
                    printf("%zu\\n%d\\n%d\\n", sizeof(struct nfgenmsg), NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_NEW);
                    printf("%d %d %d\\n", CTA_TUPLE_ORIG, CTA_ID, CTA_ZONE);
                    printf("%d %d\\n", CTA_TUPLE_IP, CTA_TUPLE_PROTO);
                    printf("%d %d %d %d\\n", CTA_IP_V4_SRC, CTA_IP_V4_DST, CTA_IP_V6_SRC, CTA_IP_V6_DST);
                    printf("%d %d %d\\n", CTA_PROTO_NUM, CTA_PROTO_SRC_PORT, CTA_PROTO_DST_PORT);
                    printf("%d %d %d\\n", TCP_CONNTRACK_SYN_SENT, TCP_CONNTRACK_TIME_WAIT, TCP_CONNTRACK_SYN_SENT2);
                    return 0;
                }
                """);

        assertThat(real)
                .containsExactly(
                        Integer.toString(CtnetlinkMsg.NFGENMSG),
                        Integer.toString(CtnetlinkReq.SUBSYSTEM >> 8),
                        "0",
                        line(CtnetlinkMsg.CTA_TUPLE_ORIG, CtnetlinkMsg.CTA_ID, CtnetlinkMsg.CTA_ZONE),
                        line(CtnetlinkMsg.CTA_TUPLE_IP, CtnetlinkMsg.CTA_TUPLE_PROTO),
                        line(
                                CtnetlinkMsg.CTA_IP_V4_SRC,
                                CtnetlinkMsg.CTA_IP_V4_DST,
                                CtnetlinkMsg.CTA_IP_V6_SRC,
                                CtnetlinkMsg.CTA_IP_V6_DST),
                        line(
                                CtnetlinkMsg.CTA_PROTO_NUM,
                                CtnetlinkMsg.CTA_PROTO_SRC_PORT,
                                CtnetlinkMsg.CTA_PROTO_DST_PORT),
                        "1 7 9");
        assertThat(List.of(TrackedState.of(1), TrackedState.of(7), TrackedState.of(9)))
                .containsExactly(TrackedState.SYN_SENT, TrackedState.TIME_WAIT, TrackedState.SYN_SENT_2);
    }

    private static String line(int... numbers) {
        return String.join(
                " ", Arrays.stream(numbers).mapToObj(Integer::toString).toList());
    }
}
