package lastack.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as {@code /proc} has them, recorded on Linux 6.18. */
final class ProcessViewTest {
    private static final String FDINFO = """
            pos:\t0
            flags:\t02000002
            mnt_id:\t17
            ino:\t1038
            tfd:        3 events: 80000019 data:                3  pos:0 ino:eba335 sdev:9
            tfd:       12 events:     2004 data:                c  pos:0 ino:eba336 sdev:9
            """;

    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             unlimited            unlimited            processes
            Max open files            1024                 524288               files
            Max locked memory         8388608              8388608              bytes
            """;

    @Test
    void readsWhatAnEpollSetWaitsFor() {
        List<EpollEntry> entries = EpollEntry.parse(7, FDINFO);

        assertThat(entries)
                .containsExactly(
                        new EpollEntry(7, 3, 0x8000_0019L, 0xeba335L, false),
                        new EpollEntry(7, 12, 0x2004L, 0xeba336L, false));
        assertThat(entries)
                .extracting(EpollEntry::eventsInWords)
                .containsExactly("readable, edge-triggered", "writable, peer's end");
    }

    @Test
    void knowsAOneShotThatHasFired() {
        assertThat(new EpollEntry(7, 3, 0x4000_0000L, 1, false))
                .matches(entry -> !entry.waitsToRead())
                .extracting(EpollEntry::eventsInWords)
                .isEqualTo("nothing, its one shot has fired");
    }

    @ParameterizedTest
    @CsvSource({"1024, 524288, 1024, 524288", "unlimited, unlimited, 9223372036854775807, 9223372036854775807"})
    void readsTheLimitOfDescriptors(String soft, String hard, long softNumber, long hardNumber) {
        String limits = LIMITS.replace("1024  ", soft + "  ").replace("524288", hard);

        assertThat(DescriptorLimit.parse(limits)).isEqualTo(new DescriptorLimit(softNumber, hardNumber));
    }

    @Test
    void knowsNoLimitWhereNoneIsTold() {
        assertThat(DescriptorLimit.parse("")).isEqualTo(DescriptorLimit.UNKNOWN);
    }

    @Test
    void countsAWaitForAnEpollSetAsOneForWhatIsInIt() {
        ThreadWait polls = new ThreadWait(1, "epoll_wait", Set.of(7), Set.of(7));
        ThreadWait reads = new ThreadWait(2, "read", Set.of(7), Set.of(7));
        ThreadWait writes = new ThreadWait(3, "sendto", Set.of(8), Set.of());
        ProcessView view = new ProcessView(
                1,
                'S',
                9,
                DescriptorLimit.UNKNOWN,
                EpollEntry.parse(7, FDINFO),
                false,
                List.of(polls, reads, writes),
                null);

        assertThat(view.waitingFor(3, 0xeba335L)).containsExactly(polls);
        assertThat(view.waitingFor(99, 0xeba335L))
                .as("added under another number")
                .containsExactly(polls);
        assertThat(view.waitingFor(3, 0xeba337L)).isEmpty();
        assertThat(view.waitingFor(7, 1)).containsExactly(reads);
        assertThat(view.waitingFor(8, 1)).containsExactly(writes);
        assertThat(view.waitingToRead(8, 1)).isEmpty();
    }

    private static String set(int... members) {
        StringBuilder text = new StringBuilder("pos:\t0\nino:\t1038\n");
        for (int fd : members) {
            text.append("tfd: ").append(fd).append(" events: 19 data: 1  pos:0 ino:40e sdev:10\n");
        }
        return text.toString();
    }

    private static ProcessView view(ThreadWait thread, String... sets) {
        List<EpollEntry> entries = new ArrayList<>(EpollEntry.parse(7, FDINFO));
        for (int i = 0; i < sets.length; i++) {
            entries.addAll(EpollEntry.parse(20 + i, sets[i]));
        }
        return new ProcessView(1, 'S', 9, DescriptorLimit.UNKNOWN, entries, false, List.of(thread), null);
    }

    @Test
    void followsASetInAnotherInAnother() {
        ThreadWait polls = new ThreadWait(1, "epoll_wait", Set.of(21), Set.of(21));

        assertThat(view(polls, set(7), set(20)).waitingToRead(3, 0xeba335L)).containsExactly(polls);
        assertThat(view(polls, set(8), set(20)).waitingToRead(3, 0xeba335L)).isEmpty();
        assertThat(view(polls, set(7), set(20)).pollsOfSet(7))
                .extracting(EpollEntry::epoll)
                .containsExactly(20, 21);
    }

    @Test
    void followsASetThatIsPolled() {
        ThreadWait polls = new ThreadWait(1, "poll", Set.of(5, 20), Set.of(5, 20));

        assertThat(view(polls, set(7)).waitingToRead(3, 0xeba335L)).containsExactly(polls);
    }

    @Test
    void comesToAnEndWhereSetsSeemToBeInEachOther() {
        ThreadWait polls = new ThreadWait(1, "epoll_wait", Set.of(22), Set.of(22));

        assertThat(view(polls, set(7, 21), set(20)).waitingToRead(3, 0xeba335L)).isEmpty();
        assertThat(view(polls, set(7, 21), set(20)).pollsOfSet(7)).hasSize(3);
    }
}
