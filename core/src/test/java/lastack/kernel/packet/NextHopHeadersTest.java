package lastack.kernel.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import lastack.kernel.CProgram;
import org.junit.jupiter.api.Test;

/** Numbers of neighbours and gateways as this machine's headers have them. */
final class NextHopHeadersTest {
    @Test
    void agreesOnNeighbours() throws IOException, InterruptedException {
        List<String> real = CProgram.run("""
                #include <stdio.h>
                #include <stddef.h>
                #include <linux/rtnetlink.h>
                #include <linux/neighbour.h>
                int main(void) {
                    printf("%zu\\n", sizeof(struct ndmsg));
                    printf("%zu %zu %zu\\n", offsetof(struct ndmsg, ndm_ifindex), offsetof(struct ndmsg, ndm_state),
                           offsetof(struct ndmsg, ndm_flags));
                    printf("%d %d %d\\n", RTM_NEWNEIGH, RTM_GETNEIGH, RTA_GATEWAY);
                    printf("%d %d %d %d\\n", NDA_DST, NDA_LLADDR, NTF_USE, RTA_DST);
                    printf("%d %d\\n", NUD_INCOMPLETE, NUD_FAILED);
                    return 0;
                }
                """);

        assertThat(real)
                .containsExactly(
                        Integer.toString(NextHops.NDMSG),
                        "4 8 10",
                        NextHops.RTM_NEWNEIGH + " " + NextHops.RTM_GETNEIGH + " " + NextHops.RTA_GATEWAY,
                        NextHops.NDA_DST + " " + NextHops.NDA_LLADDR + " " + NextHops.NTF_USE + " " + NextHops.NDA_DST,
                        NextHops.NUD_INCOMPLETE + " " + NextHops.NUD_FAILED);
    }
}
