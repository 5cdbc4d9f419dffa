package lastack.diagnosis;

import java.util.Objects;
import java.util.Optional;
import lastack.model.Durations;
import lastack.model.TcpSocket;
import lastack.model.Timer;

/** ESTAB: the connection stands; the question is whether anything moves. */
record Established(Thresholds thresholds) implements Diagnoser {
    /** One attempt without an answer is nothing: it may be on its way. */
    private static final int UNANSWERED_ATTEMPTS = 2;

    private static final String LAST_DATA = "tcp_info last_data_recv";

    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        if (socket.unaccepted()) {
            return new Unaccepted(thresholds).of(socket, around);
        }
        Findings findings = new Findings(socket);
        if (isPeerSilent(socket)) {
            return deadPeer(socket, around, findings);
        }
        if (socket.sendQueue() > 0 && Unacknowledged.windowIsClosed(socket)) {
            return stalledWriter(socket, around, findings);
        }
        Optional<Diagnosis> reader = stalledReader(socket, around, findings);
        if (reader.isPresent()) {
            return reader.get();
        }
        if (HiddenOwner.isStrange(socket, around)) {
            return new HiddenOwner().conclude(socket, around, findings);
        }
        return idle(socket, around, findings);
    }

    private static boolean isPeerSilent(TcpSocket socket) {
        Timer timer = socket.timer();
        return timer != null
                && timer.retransmits() >= UNANSWERED_ATTEMPTS
                && timer.kind() != Timer.Kind.TIME_WAIT
                && timer.kind() != Timer.Kind.UNKNOWN;
    }

    private static Diagnosis deadPeer(TcpSocket socket, Surroundings around, Findings findings) {
        Timer timer = Objects.requireNonNull(socket.timer());
        Context.timer(socket, findings);
        long silence = Words.info(socket, "last_ack_recv");
        String heard = silence < 0 ? "" : "was last heard " + Durations.format(silence) + " ago";
        if (!heard.isEmpty()) {
            findings.fact("the peer " + heard, "tcp_info last_ack_recv");
        }
        if (timer.kind() == Timer.Kind.RETRANSMIT) {
            findings.fact(
                    "the kernel gives up after about " + around.settings().retries() + " attempts", "tcp_retries2");
        }
        new Holders(socket, around).describe(findings);
        Context.otherEnd(socket, around, findings);
        Counsel counsel = new Counsel(socket, around.self());
        findings.advise(counsel.route())
                .advise(counsel.remove(
                        "the program sees an error at once", "if the peer only was slow, a good connection is cut"));
        return findings.likely(
                Verdict.DEAD_PEER_SUSPECTED,
                "the peer has left " + Words.count(timer.retransmits(), attempts(timer)) + " unanswered"
                        + (heard.isEmpty() ? "" : " and " + heard),
                "an answer of the peer's host to anything else, such as a ping");
    }

    private static String attempts(Timer timer) {
        return switch (timer.kind()) {
            case KEEPALIVE -> "keepalive probe";
            case PERSIST -> "window probe";
            case RETRANSMIT, NONE, TIME_WAIT, UNKNOWN -> "retransmission";
        };
    }

    private Diagnosis stalledWriter(TcpSocket socket, Surroundings around, Findings findings) {
        findings.fact("the peer's receive window is closed", "tcp_info snd_wnd, persist timer")
                .fact(
                        Words.count(socket.sendQueue(), "byte") + " wait to be sent or confirmed",
                        Words.SOCK_DIAG + " Send-Q");
        Context.timer(socket, findings);
        new Holders(socket, around).describe(findings);
        Context.otherEnd(socket, around, findings);
        findings.advise(new Counsel(socket, around.self())
                .remove("the program sees an error at once", "what waits in Send-Q is lost"));
        String summary =
                Words.owners(socket) + " cannot send: the program at the other end does not read, or not fast enough, "
                        + Words.count(socket.sendQueue(), "byte") + " wait";
        return Unacknowledged.closedMillis(socket) >= thresholds.momentMillis()
                ? findings.certainly(Verdict.STALLED_WRITER, summary)
                : findings.possibly(
                        Verdict.STALLED_WRITER, summary + "; it may be about to read", "look again in a second");
    }

    private Optional<Diagnosis> stalledReader(TcpSocket socket, Surroundings around, Findings findings) {
        if (socket.receiveQueue() == 0) {
            return Optional.empty();
        }
        long unread = Words.info(socket, "last_data_recv");
        // A window that is opened again lets new data in: one that has let none in for a while is not a moment's.
        boolean shut = Words.info(socket, "rcv_wnd") == 0 && unread >= thresholds.momentMillis();
        Reading reading = around.before(socket)
                .map(before -> Reading.between(before, socket))
                .orElse(Reading.UNKNOWN);
        boolean waits = shut || unread >= thresholds.unreadMillis() || reading == Reading.LESS_THAN_CAME;
        // While the window is shut all that can be read is what has come: then it says nothing that as much is read as
        // comes.
        boolean keepsUp = reading == Reading.ALL_THAT_CAME && !shut;
        if (keepsUp || !(waits || reading == Reading.NOTHING)) {
            return Optional.empty();
        }
        findings.fact(Words.count(socket.receiveQueue(), "byte") + " are not read", Words.SOCK_DIAG + " Recv-Q");
        if (unread >= 0) {
            findings.fact("the last of them came " + Durations.format(unread) + " ago", LAST_DATA);
        }
        if (reading != Reading.UNKNOWN) {
            findings.fact(reading.words(), Words.SOCK_DIAG + " Recv-Q, tcp_info bytes_received");
        }
        if (shut) {
            findings.fact("this end has closed its receive window: the buffer is full", "tcp_info rcv_wnd");
        }
        return Optional.of(concludeReader(socket, reading, around, findings));
    }

    private static Diagnosis concludeReader(TcpSocket socket, Reading reading, Surroundings around, Findings findings) {
        if (socket.owners().isEmpty()) {
            return new HiddenOwner().conclude(socket, around, findings);
        }
        Holders holders = new Holders(socket, around);
        holders.describe(findings);
        holders.adviseToResume(findings);
        Context.otherEnd(socket, around, findings);
        String who = Words.owners(socket);
        if (holders.allStopped()) {
            return holders.standStill(findings, who + " stands still and does not read what its peer sent");
        }
        Counsel counsel = new Counsel(socket, around.self());
        findings.advise(counsel.whereThreadsAre(socket.owners().getFirst()));
        String bytes = Words.count(socket.receiveQueue(), "byte") + " wait";
        return switch (reading) {
            case NOTHING -> findings.certainly(Verdict.STALLED_READER, who + " does not read: " + bytes);
            case LESS_THAN_CAME, ALL_THAT_CAME ->
                findings.likely(
                        Verdict.STALLED_READER,
                        who + " reads more slowly than its peer sends: " + bytes,
                        "lastack why --sample 60s: a longer time than a burst takes");
            case UNKNOWN ->
                findings.advise(counsel.lookAgain())
                        .likely(
                                Verdict.STALLED_READER,
                                who + " does not read, or not fast enough: " + bytes,
                                "lastack why --sample 10s: it says whether anything is read between two looks");
        };
    }

    private Diagnosis idle(TcpSocket socket, Surroundings around, Findings findings) {
        long quiet = quietMillis(socket);
        if (quiet < thresholds.idleMillis() || socket.timer() != null) {
            return healthy(quiet, findings);
        }
        if (around.otherEnd(socket) instanceof OtherEnd.Here) {
            findings.fact("both ends are in this network namespace: neither can vanish unnoticed", Words.SOCK_DIAG);
            return healthy(quiet, findings);
        }
        findings.fact("nothing has passed for " + Durations.format(quiet), "tcp_info last_data_sent, last_ack_recv")
                .fact("no timer runs: keepalive is off", Words.SOCK_DIAG + " timer");
        Context.sisters(socket, around, findings);
        Counsel counsel = new Counsel(socket, around.self());
        findings.advise(new Advice(
                "set SO_KEEPALIVE in the program, with TCP_KEEPIDLE below what routers on the way remember",
                null,
                "a peer that is gone is noticed, and the connection stays known to the routers",
                "a small packet now and then"));
        findings.advise(
                counsel.remove("the program sees an error at once", "if the peer is well, a good connection is cut"));
        return findings.certainly(
                Verdict.IDLE_WITHOUT_KEEPALIVE,
                "nothing has passed for " + Durations.format(quiet) + " and keepalive is off: if the peer is gone, "
                        + "TCP will not notice for " + Words.owners(socket));
    }

    private static long quietMillis(TcpSocket socket) {
        long received = Math.min(Words.info(socket, "last_ack_recv"), Words.info(socket, "last_data_recv"));
        return Words.info(socket, "bytes_sent") > 0
                ? Math.min(received, Words.info(socket, "last_data_sent"))
                : received;
    }

    private static Diagnosis healthy(long quiet, Findings findings) {
        if (quiet >= 0) {
            findings.fact(
                    "something last passed " + Durations.format(quiet) + " ago",
                    "tcp_info last_ack_recv, last_data_recv");
        }
        return findings.likely(
                Verdict.HEALTHY,
                "nothing is wrong with it that can be seen from here",
                "only the program knows whether it still needs it");
    }
}
