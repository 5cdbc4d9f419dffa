package lastack.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import lastack.filter.Filter;
import lastack.kernel.KernelException;
import lastack.kernel.conntrack.Conntrack;
import lastack.kernel.diag.Recorded;
import lastack.kernel.diag.RecordedLink;
import lastack.model.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table that changes while it is read. */
final class ForwardedTableTest {
    private static final int FLAGS = 6;
    private static final short MULTI_AND_INTERRUPTED = 0x12;

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "3, 1"})
    void isReadAgainAndThenCalledAGap(int interrupted, int gaps) throws KernelException {
        RecordedLink link = new RecordedLink();
        for (int attempt = 0; attempt < Math.min(interrupted + 1, 3); attempt++) {
            byte[] entry = Recorded.datagram("/lastack/kernel/conntrack/dnat-v4");
            if (attempt < interrupted) {
                ByteBuffer.wrap(entry).order(ByteOrder.nativeOrder()).putShort(FLAGS, MULTI_AND_INTERRUPTED);
            }
            link.then(entry).then(Recorded.datagram("done"));
        }
        try (Conntrack conntrack = new Conntrack(link)) {

            ForwardedSnapshot seen = ForwardedTable.snapshot(conntrack, Filter.all(), EnumSet.of(Family.INET));

            assertThat(seen.connections()).hasSize(1);
            assertThat(seen.gaps()).hasSize(gaps);
        }
    }
}
