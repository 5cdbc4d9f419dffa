package lastack.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import lastack.kernel.Errno;
import lastack.model.Age.Bound;
import lastack.model.NetNamespace;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where one verdict ends and the next begins. */
final class DiagnosersTest {
    private static StillLife closeWait(long receiveQueue) {
        return new StillLife()
                .state(TcpState.CLOSE_WAIT)
                .queues(receiveQueue, 0)
                .age(60_000, Bound.EXACT)
                .info("last_data_sent", 70_000)
                .info("bytes_received", 1)
                .info("bytes_sent", 0)
                .info("bytes_acked", 0)
                .owner(7, 'S');
    }

    private static StillLife established() {
        return new StillLife().owner(7, 'S');
    }

    private static StillLife timeWait() {
        return new StillLife().state(TcpState.TIME_WAIT).inode(0).timer(Timer.Kind.TIME_WAIT, 0);
    }

    @ParameterizedTest
    @CsvSource({"0, EOF_READ_NOT_CLOSED", "1, EOF_NEVER_READ", "2, UNREAD_DATA", "101, UNREAD_DATA"})
    void tellsFromTheReceiveQueueWhatWasRead(long receiveQueue, Verdict verdict) {
        assertThat(closeWait(receiveQueue).diagnosis().verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"900, EXACT, POSSIBLE", "1000, EXACT, CERTAIN", "1000, AT_LEAST, CERTAIN", "9000, AT_MOST, POSSIBLE"})
    void isNotSureOfWhatMayBePassing(long millis, Bound bound, Certainty certainty) {
        Diagnosis found = closeWait(0).age(millis, bound).diagnosis();

        assertThat(found.certainty()).isEqualTo(certainty);
    }

    @ParameterizedTest
    @CsvSource({"60000, 'a leak, unless it still works on an answer'", "300000, a leak by all signs"})
    void callsItALeakMoreSurelyTheLongerItLasts(long millis, String words) {
        Diagnosis found = closeWait(0)
                .age(millis, Bound.EXACT)
                .info("last_data_sent", millis + 1)
                .diagnosis();

        assertThat(found.certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(found.summary()).endsWith(words);
    }

    @Test
    void doesNotCallItALeakWhileItStillAnswers() {
        Diagnosis found =
                closeWait(0).age(60_000, Bound.AT_LEAST).info("bytes_sent", 100).diagnosis();

        assertThat(found.verdict()).isEqualTo(Verdict.EOF_READ_NOT_CLOSED);
        assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(found.summary()).doesNotContain("leak").contains("may be answering");
    }

    @ParameterizedTest
    @CsvSource({"1, idle in a pool", "0, a leak", "7, idle in a pool"})
    void isNotSureThatTheEndWasSeenWhereDataCame(long beyondData, String words) {
        Diagnosis found = closeWait(0)
                .info("bytes_received", 101)
                .info("bytes_acked", beyondData)
                .diagnosis();

        assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(found.summary()).contains("all there was is read", words);
    }

    @Test
    void isSureThatTheEndWasSeenWhereItAloneCameBetweenTwoLooks() {
        Diagnosis found =
                closeWait(0).info("bytes_received", 101).before(0, 100).diagnosis();

        assertThat(found.certainty()).isEqualTo(Certainty.CERTAIN);
    }

    @ParameterizedTest
    @CsvSource({"25, LIKELY", "28, CERTAIN", "1073741824, CERTAIN"})
    void isWaitedForOnlyByWhatWaitsToRead(long events, Certainty certainty) {
        assertThat(closeWait(101).polled(events).diagnosis().certainty()).isEqualTo(certainty);
    }

    @Test
    void saysThatAnEdgeMayHaveBeenMissed() {
        assertThat(closeWait(1).polled(0x8000_0019L).diagnosis().summary()).contains("missed the edge");
        assertThat(closeWait(1).polled(0x8000_0019L).diagnosis().settledBy()).contains("is not woken by it again");
        assertThat(closeWait(1).polled(0x19).diagnosis().summary()).doesNotContain("edge");
    }

    @Test
    void isNotSureOfWhatItCannotSeeWaiting() {
        assertThat(closeWait(101).diagnosis().certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(closeWait(101).threadsUnseen().diagnosis().certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(closeWait(101).usesRing().diagnosis().certainty()).isEqualTo(Certainty.LIKELY);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 'lost, or its threads are busy'",
        "101, 'idle in a pool, or lost'",
        "107, 'idle in a pool, or lost'"
    })
    void speaksOfAPoolUnlessTheOtherEndConnected(long acknowledged, String words) {
        Diagnosis found = closeWait(1)
                .info("bytes_sent", 100)
                .info("bytes_acked", acknowledged)
                .diagnosis();

        assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(found.summary()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({"S, EOF_NEVER_READ", "T, OWNER_STOPPED", "t, OWNER_STOPPED"})
    void isStoppedOnlyWhenEveryHolderIs(char second, Verdict verdict) {
        Diagnosis found = new StillLife()
                .state(TcpState.CLOSE_WAIT)
                .queues(1, 0)
                .age(60_000, Bound.EXACT)
                .owner(7, 'T')
                .owner(8, second)
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(verdict);
    }

    /** Beside its id, behind six columns, in eighty. */
    @ParameterizedTest
    @EnumSource(Verdict.class)
    void hasAMeaningThatFitsALine(Verdict verdict) {
        assertThat((verdict.id() + ": " + verdict.meaning()).length()).isLessThanOrEqualTo(74);
    }

    @Test
    void thawsEveryGroupThatWasFrozen() {
        Diagnosis found = new StillLife()
                .state(TcpState.CLOSE_WAIT)
                .queues(1, 0)
                .age(60_000, Bound.EXACT)
                .owner(7, 'S')
                .frozen("/sys/fs/cgroup/a b/app/cgroup.freeze", "/sys/fs/cgroup/a b/cgroup.freeze")
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(Verdict.OWNER_STOPPED);
        assertThat(found.certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(found.advice())
                .extracting(advice -> String.valueOf(advice.command()))
                .contains("echo 0 | tee '/sys/fs/cgroup/a b/app/cgroup.freeze' '/sys/fs/cgroup/a b/cgroup.freeze'");
    }

    @Test
    void saysOfAListenerWhoseOwnerStandsStillThatItDoes() {
        Diagnosis found = new StillLife()
                .state(TcpState.LISTEN)
                .queues(0, 128)
                .owner(7, 'T')
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(Verdict.OWNER_STOPPED);
        assertThat(found.summary()).isEqualTo("app[7] stands still and accepts no connection");
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void advisesToBecomeRootOnlyWhoIsNot(boolean root, boolean advised) {
        Diagnosis found = new StillLife()
                .state(TcpState.CLOSE_WAIT)
                .age(60_000, Bound.EXACT)
                .blind(root)
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(Verdict.OWNER_HIDDEN);
        assertThat(found.advice().toString().contains("sudo")).isEqualTo(advised);
    }

    @Test
    void isNotSureOfWhatADebuggerHolds() {
        Diagnosis found = new StillLife()
                .state(TcpState.CLOSE_WAIT)
                .age(60_000, Bound.EXACT)
                .owner(7, 't')
                .diagnosis();

        assertThat(found.certainty()).isEqualTo(Certainty.POSSIBLE);
    }

    @Test
    void anOpenConnectionOfAnUnseenOwnerIsNothingStrangeToAPlainUser() {
        assertThat(new StillLife().blind(false).diagnosis().verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({
        "RETRANSMIT, 1, HEALTHY",
        "RETRANSMIT, 2, DEAD_PEER_SUSPECTED",
        "KEEPALIVE, 0, HEALTHY",
        "KEEPALIVE, 1, HEALTHY",
        "KEEPALIVE, 2, DEAD_PEER_SUSPECTED",
        "PERSIST, 2, DEAD_PEER_SUSPECTED",
    })
    void suspectsAPeerOnlyAfterTwoUnansweredAttempts(Timer.Kind kind, int attempts, Verdict verdict) {
        assertThat(established().timer(kind, attempts).diagnosis().verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0, 500, STALLED_WRITER", "100, 500, HEALTHY", "0, 0, HEALTHY"})
    void aWriterIsStalledOnlyByAClosedWindow(long window, long queued, Verdict verdict) {
        Diagnosis found = established()
                .timer(Timer.Kind.PERSIST, 0)
                .queues(0, queued)
                .info("snd_wnd", window)
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"10, 0, POSSIBLE", "1000, 0, CERTAIN", "10, 2, POSSIBLE", "10, 3, CERTAIN"})
    void aWindowThatIsClosedForAMomentIsNoStall(long sinceSent, long doublings, Certainty certainty) {
        Diagnosis found = established()
                .timer(Timer.Kind.PERSIST, 0)
                .queues(0, 500)
                .info("snd_wnd", 0)
                .info("rto", 200_000)
                .info("backoff", doublings)
                .info("last_data_sent", sinceSent)
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(Verdict.STALLED_WRITER);
        assertThat(found.certainty()).isEqualTo(certainty);
    }

    @Test
    void aWindowThatIsNotToldIsNotClosed() {
        Diagnosis found = established()
                .timer(Timer.Kind.PERSIST, 0)
                .queues(0, 500)
                .info("snd_wnd", -1)
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({"4900, HEALTHY", "5000, STALLED_READER"})
    void dataMayLieForAWhile(long sinceLast, Verdict verdict) {
        Diagnosis found =
                established().queues(10, 0).info("last_data_recv", sinceLast).diagnosis();

        assertThat(found.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5, STALLED_READER, CERTAIN",
        "10, 0, STALLED_READER, CERTAIN",
        "5, 100, STALLED_READER, LIKELY",
        "10, 100, HEALTHY, LIKELY",
        "500, 0, HEALTHY, LIKELY",
        "0, 10, HEALTHY, LIKELY"
    })
    void aSecondLookSettlesWhetherItIsRead(long before, long came, Verdict verdict, Certainty certainty) {
        Diagnosis found = established()
                .queues(10, 0)
                .info("bytes_received", 1_000 + came)
                .before(before, 1_000)
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(verdict);
        assertThat(found.certainty()).isEqualTo(certainty);
    }

    @Test
    void aQueueThatShrinksIsReadHoweverOldItsLastByte() {
        Diagnosis found = established()
                .queues(10, 0)
                .info("last_data_recv", 60_000)
                .info("bytes_received", 1_000)
                .before(500, 1_000)
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({"900, HEALTHY", "1000, STALLED_READER"})
    void aWindowMayBeClosedForAMoment(long sinceLast, Verdict verdict) {
        Diagnosis found = established()
                .queues(10, 0)
                .info("rcv_wnd", 0)
                .info("last_data_recv", sinceLast)
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(verdict);
    }

    @Test
    void aFullBufferMayBeThatOfASlowReader() {
        StillLife full = established().queues(10, 0).info("rcv_wnd", 0).info("last_data_recv", 60_000);

        assertThat(full.diagnosis().certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(full.diagnosis().summary()).contains("does not read, or not fast enough");
    }

    @Test
    void aFullBufferIsTooSlowlyReadEvenWhenAsMuchIsReadAsComes() {
        Diagnosis found = established()
                .queues(10, 0)
                .info("rcv_wnd", 0)
                .info("last_data_recv", 60_000)
                .info("bytes_received", 1_000)
                .before(500, 1_000)
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(Verdict.STALLED_READER);
        assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(found.summary()).contains("reads more slowly than its peer sends");
    }

    @Test
    void doesNotSayWhoReadTheEndForItMayHaveBeenInherited() {
        assertThat(closeWait(0).diagnosis().summary())
                .startsWith("the end of the stream was read, and app[7] has not closed");
    }

    /** With tcp_syn_retries 6, as Linux 6.18 did it. */
    @Test
    void saysForHowLongTheKernelRepeatsASyn() {
        Diagnosis found = new StillLife()
                .state(TcpState.SYN_SENT)
                .owner(7, 'S')
                .timer(Timer.Kind.RETRANSMIT, 7)
                .diagnosis();

        assertThat(found.evidence().toString()).contains("gives up about 2m07s after the first SYN");
    }

    private static StillLife idle() {
        return established()
                .info("last_ack_recv", 400_000)
                .info("last_data_recv", 400_000)
                .info("last_data_sent", 400_000);
    }

    @Test
    void anIdleConnectionIsAtRiskWithoutKeepalive() {
        assertThat(idle().diagnosis().verdict()).isEqualTo(Verdict.IDLE_WITHOUT_KEEPALIVE);
        assertThat(idle().timer(Timer.Kind.KEEPALIVE, 0).diagnosis().verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(idle().info("last_data_sent", 1_000).diagnosis().verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({"79, NORMAL", "80, PORT_PRESSURE", "100, PORT_PRESSURE"})
    void portsAreScarceFromFourFifthsOn(int taken, Verdict verdict) {
        assertThat(timeWait().portsTaken(taken).diagnosis().verdict()).isEqualTo(verdict);
    }

    private static Diagnosis underPressure(PortOutlook outlook) {
        return timeWait().portsTaken(90).connect(outlook).diagnosis();
    }

    @Test
    void isAsSureOfPortPressureAsItsMeasurement() {
        Diagnosis fails = underPressure(new PortOutlook.Tried(Errno.EADDRNOTAVAIL));
        Diagnosis works = underPressure(new PortOutlook.Tried(new Errno(0)));
        Diagnosis untried = underPressure(new PortOutlook.Unknown());
        Diagnosis reused = underPressure(new PortOutlook.TakesOver(60, 30));
        Diagnosis young = underPressure(new PortOutlook.TakesOver(0, 90));

        assertThat(fails.certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(fails.summary()).endsWith("and connect fails now");
        assertThat(works.certainty()).isEqualTo(Certainty.POSSIBLE);
        assertThat(works.summary()).endsWith("a new connection still finds one");
        assertThat(untried.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(reused.certainty()).isEqualTo(Certainty.POSSIBLE);
        assertThat(reused.summary()).endsWith("a new connection may take over one of 60 in TIME-WAIT");
        assertThat(young.certainty()).isEqualTo(Certainty.LIKELY);
    }

    @Test
    void openConnectionsUseUpPortsToo() {
        Diagnosis well = established().info("bytes_acked", 101).portsTaken(100).diagnosis();
        Diagnosis lost = closeWait(0).info("bytes_acked", 101).portsTaken(100).diagnosis();
        Diagnosis served =
                established().info("bytes_acked", 100).portsTaken(100).diagnosis();

        assertThat(well.verdict()).isEqualTo(Verdict.PORT_PRESSURE);
        assertThat(well.advice().toString()).doesNotContain("time-wait");
        assertThat(lost.verdict()).isEqualTo(Verdict.EOF_READ_NOT_CLOSED);
        assertThat(lost.also()).containsExactly(Verdict.PORT_PRESSURE);
        assertThat(served.verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({"98, BLOCKS_BIND", "0, NORMAL", "13, NORMAL", "99, NORMAL"})
    void blocksOnlyWhatReallyCannotBeBound(int errno, Verdict verdict) {
        assertThat(timeWait().port(80).bind(new Errno(errno)).diagnosis().verdict())
                .isEqualTo(verdict);
    }

    @Test
    void isNotSureThatItBlocksAPortWhereItIsNotAlone() {
        StillLife waits = timeWait().port(80).bind(Errno.EADDRINUSE);

        assertThat(waits.diagnosis().certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(waits.notAloneOnItsPort().diagnosis().certainty()).isEqualTo(Certainty.LIKELY);
    }

    @Test
    void pastesNothingThatAControlGroupIsCalled() {
        NetNamespace evil = new NetNamespace(77, "x;reboot;.service");
        Diagnosis found = closeWait(1).netns(evil).diagnosis();

        assertThat(found.advice().toString()).contains("--netns 77 ").doesNotContain("reboot");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "10.0.0.5:80|10.0.0.5:80",
                "blue|blue",
                "a b|'a b'",
                "$(id)|'$(id)'",
                "it's|'it'\\''s'",
                "[::1]:80|'[::1]:80'"
            })
    void quotesEveryWordThatAShellWouldRead(String text, String word) {
        assertThat(Counsel.word(text)).isEqualTo(word);
    }

    @Test
    void namesTheKernelAsAnOwnerThatDoesNotShowAndDestroysLast() {
        Diagnosis found = new StillLife()
                .state(TcpState.CLOSE_WAIT)
                .age(60_000, Bound.EXACT)
                .diagnosis();

        assertThat(found.summary()).contains("NFS");
        assertThat(found.advice().getLast().command()).endsWith("--by destroy");
        assertThat(found.advice().getFirst().command()).contains("/proc/mounts");
    }

    @Test
    void saysNothingOfWhatTheKernelDidNotDeliver() {
        Diagnosis found = established()
                .timer(Timer.Kind.RETRANSMIT, 3)
                .info("last_ack_recv", -1)
                .diagnosis();

        assertThat(found.toString()).doesNotContain("last heard");
    }

    @Test
    void blocksNobodyWhereAServerListens() {
        Diagnosis found =
                timeWait().port(80).bind(Errno.EADDRINUSE).listener(0, 5).diagnosis();

        assertThat(found.verdict()).isEqualTo(Verdict.NORMAL);
    }

    @ParameterizedTest
    @CsvSource({"5, HEALTHY", "6, ACCEPT_QUEUE_FULL"})
    void aQueueIsFullWhenItHoldsMoreThanTheBacklog(long queued, Verdict verdict) {
        Diagnosis found = established().state(TcpState.LISTEN).queues(queued, 5).diagnosis();

        assertThat(found.verdict()).isEqualTo(verdict);
    }

    @Test
    void cannotTellWhichOfSeveralListenersAHandshakeIsFor() {
        StillLife half = new StillLife().state(TcpState.SYN_RECV).inode(0).timer(Timer.Kind.RETRANSMIT, 2);

        assertThat(half.listener(6, 5).diagnosis().verdict()).isEqualTo(Verdict.BACKLOG_FULL);
        assertThat(half.listener(0, 5).diagnosis().verdict()).isEqualTo(Verdict.ACK_LOST);
    }

    @ParameterizedTest
    @CsvSource({"CLOSED", "BOUND_INACTIVE", "UNKNOWN"})
    void nothingLingersWithoutAConnection(TcpState state) {
        assertThat(established().state(state).diagnosis().verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aConnectThatWaitsForAFullQueueOfThisHostIsNoRiddle() {
        StillLife asking =
                new StillLife().state(TcpState.SYN_SENT).owner(7, 'S').timer(Timer.Kind.RETRANSMIT, 3);

        Diagnosis full = asking.listener(6, 5).diagnosis();

        assertThat(full.verdict()).isEqualTo(Verdict.BACKLOG_FULL);
        assertThat(full.certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(full.advice().getFirst().action()).isEqualTo("ask about the listener");
        assertThat(full.advice().toString()).doesNotContain("ip route");
    }

    @ParameterizedTest
    @CsvSource({"1023, HEALTHY", "1024, FD_EXHAUSTION"})
    void aListenerWithoutADescriptorToAcceptWithIsNotWell(int open, Verdict verdict) {
        Diagnosis found = established()
                .state(TcpState.LISTEN)
                .queues(1, 5)
                .descriptors(open)
                .diagnosis();

        assertThat(found.verdict()).isEqualTo(verdict);
        assertThat(found.advice().toString())
                .contains("prlimit --pid 7 --nofile=2048:2048", "CAP_SYS_RESOURCE", "lastack ls pid = 7");
    }

    @ParameterizedTest
    @CsvSource({"0, no packet is sent: the peer is not told", "4887, the peer gets a RST"})
    void saysWhatThePeerOfFinWait2IsTold(long inode, String effect) {
        Diagnosis found =
                new StillLife().state(TcpState.FIN_WAIT_2).inode(inode).diagnosis();

        assertThat(found.advice().getFirst().effect()).isEqualTo(effect);
    }

    @Test
    void advisesToAskAboutAnOtherEndWhoseOwnerIsNotSeen() {
        TcpSocket hidden = new StillLife().state(TcpState.CLOSE_WAIT).socket();

        Diagnosis found = new StillLife()
                .state(TcpState.FIN_WAIT_2)
                .otherEnd(new OtherEnd.Here(hidden))
                .diagnosis();

        assertThat(found.advice()).anyMatch(advice -> advice.action().equals("ask about the other end"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'lastack close cookie = 1001 --by shutdown'",
        "1000, 'sudo lastack close cookie = 1001 --by shutdown'"
    })
    void marksWhatThisUserMayNotDo(int uid, String command) {
        Diagnosis found = closeWait(0).as(uid).diagnosis();

        assertThat(found.advice()).extracting(Advice::command).contains(command);
    }

    @Test
    void onlyRootMayRemoveWhatNoProgramHas() {
        Diagnosis found = timeWait().portsTaken(100).as(0).diagnosis();

        assertThat(found.advice().toString()).contains("sudo lastack close state time-wait");
    }
}
