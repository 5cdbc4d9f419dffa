package lastack.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import lastack.kernel.CProgram;
import org.junit.jupiter.api.Test;

/** Layouts and numbers of perf as this machine's headers have them. */
final class PerfHeadersTest {
    @Test
    void asksForWhatAProgramWithTheHeadersWould() throws IOException, InterruptedException {
        ByteBuffer attr = PerfEventAttr.everyHitOf(2287, 4096);
        byte[] bytes = new byte[PerfEventAttr.SIZE];
        attr.get(0, bytes);

        List<String> real = CProgram.run("""
                #include <linux/perf_event.h>
                #include <stdio.h>
                #include <string.h>
                #include <time.h>
                int main(void) {
                    struct perf_event_attr a;
                    memset(&a, 0, sizeof a);
                    a.type = PERF_TYPE_TRACEPOINT;
                    a.size = PERF_ATTR_SIZE_VER3;
                    a.config = 2287;
                    a.sample_period = 1;
                    a.sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_RAW;
                    a.disabled = 1;
                    a.watermark = 1;
                    a.use_clockid = 1;
                    a.wakeup_watermark = 4096;
                    a.clockid = CLOCK_MONOTONIC;
                    for (int i = 0; i < PERF_ATTR_SIZE_VER3; i++) printf("%02x", ((unsigned char *)&a)[i]);
                    printf("\\n");
                    return 0;
                }
                """);

        assertThat(real).containsExactly(HexFormat.of().formatHex(bytes));
    }

    @Test
    void agreesOnTheRingAndItsRecords() throws IOException, InterruptedException {
        List<String> real = CProgram.run("""
                #include <linux/perf_event.h>
                #include <stddef.h>
                #include <stdio.h>
                #include <sys/ioctl.h>
                int main(void) {
                    printf("%zu\\n%zu\\n", offsetof(struct perf_event_mmap_page, data_head),
                           offsetof(struct perf_event_mmap_page, data_tail));
                    printf("%d\\n%d\\n", PERF_RECORD_LOST, PERF_RECORD_SAMPLE);
                    printf("%zu\\n%zu\\n", offsetof(struct perf_event_header, size), sizeof(struct perf_event_header));
                    printf("%x\\n", (int)PERF_EVENT_IOC_ENABLE);
                    return 0;
                }
                """);

        assertThat(real)
                .containsExactly(
                        "" + PerfRecords.DATA_HEAD,
                        "" + PerfRecords.DATA_TAIL,
                        "" + PerfRecords.PERF_RECORD_LOST,
                        "" + PerfRecords.PERF_RECORD_SAMPLE,
                        "6",
                        "8",
                        Integer.toHexString(PerfRing.PERF_EVENT_IOC_ENABLE));
    }
}
