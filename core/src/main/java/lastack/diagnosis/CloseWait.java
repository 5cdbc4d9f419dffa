package lastack.diagnosis;

import lastack.model.Age;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/** CLOSE-WAIT: the peer has closed, and it is this host's turn. */
record CloseWait(Thresholds thresholds) implements Diagnoser {
    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        if (socket.unaccepted()) {
            return new Unaccepted(thresholds).of(socket, around);
        }
        Findings findings = new Findings(socket);
        Context.age(socket, "the peer's FIN came", findings);
        receiveQueue(socket, findings);
        if (socket.owners().isEmpty()) {
            Context.otherEnd(socket, around, findings);
            return new HiddenOwner().conclude(socket, around, findings);
        }
        Holders holders = new Holders(socket, around);
        holders.describe(findings);
        holders.describeDescriptors(findings);
        Context.sisters(socket, around, findings);
        Context.otherEnd(socket, around, findings);
        holders.adviseToResume(findings);
        advise(socket, around, findings);
        if (holders.allStopped()) {
            return holders.standStill(
                    findings,
                    Words.owners(socket) + " stands still and cannot close what its peer closed "
                            + Words.age(socket.age()) + " ago");
        }
        return byReceiveQueue(socket, around, holders, findings);
    }

    private static void receiveQueue(TcpSocket socket, Findings findings) {
        String meaning = socket.receiveQueue() == 0
                ? "Recv-Q is 0: the program has read all there was"
                : socket.receiveQueue() == 1
                        ? "Recv-Q is 1, exactly the FIN: the program has not read it"
                        : "Recv-Q is " + socket.receiveQueue() + ": " + Words.count(socket.receiveQueue() - 1, "byte")
                                + " and the FIN are not read";
        findings.fact(meaning, Words.SOCK_DIAG + " Recv-Q");
    }

    private static void advise(TcpSocket socket, Surroundings around, Findings findings) {
        Counsel counsel = new Counsel(socket, around.self());
        Owner owner = socket.owners().getFirst();
        if (owner.jvm()) {
            findings.advise(counsel.lookInside(owner));
        }
        findings.advise(counsel.shutDown()).advise(counsel.release());
    }

    private Diagnosis byReceiveQueue(TcpSocket socket, Surroundings around, Holders holders, Findings findings) {
        if (socket.receiveQueue() == 0) {
            return readNotClosed(socket, around, findings);
        }
        findings.advise(new Counsel(socket, around.self())
                .whereThreadsAre(socket.owners().getFirst()));
        return socket.receiveQueue() == 1
                ? neverRead(socket, holders, findings)
                : unreadData(socket, holders, findings);
    }

    private Diagnosis neverRead(TcpSocket socket, Holders holders, Findings findings) {
        String summary = Words.owners(socket) + " has not read the end of the stream its peer sent "
                + Words.age(socket.age()) + " ago";
        if (isYoung(socket)) {
            return findings.possibly(
                    Verdict.EOF_NEVER_READ, summary + "; it may be about to", "look again in a second");
        }
        if (holders.isWaitedFor()) {
            return waitedFor(Verdict.EOF_NEVER_READ, summary, holders, findings);
        }
        return neglected(socket, summary, findings);
    }

    private static Diagnosis waitedFor(Verdict verdict, String summary, Holders holders, Findings findings) {
        String although = summary + ", although a thread waits for it";
        // What is edge-triggered wakes a thread when something comes, and not for what lies there since.
        return holders.onlyByEdge()
                ? findings.likely(
                        verdict,
                        although + ", edge-triggered: it may have missed the edge",
                        "lastack why --sample 10s: that thread is not woken by it again, and whoever else may still read it"
                                + " has had time then")
                : findings.likely(verdict, although, "look again: a thread that is woken by it now will read it");
    }

    /** A pool lets connections lie and looks at them when it takes them out again; a lost one is never touched. */
    private static Diagnosis neglected(TcpSocket socket, String summary, Findings findings) {
        Opener opener = Opener.of(socket);
        if (opener == Opener.OTHER_END) {
            return findings.likely(
                    Verdict.EOF_NEVER_READ,
                    summary + ": lost, or its threads are busy elsewhere",
                    "lastack why --sample 10s: what is only waiting for a busy thread goes away, what is lost stays");
        }
        if (opener == Opener.THIS_END) {
            findings.fact("this end asked for the connection", "tcp_info bytes_acked counts the SYN");
        }
        return findings.likely(
                Verdict.EOF_NEVER_READ,
                summary + ": idle in a pool, or lost",
                "lastack why --sample 10s while the program works: a pool looks at its connections when it uses them"
                        + " again and closes this one, a lost one stays and its sisters grow in number");
    }

    private Diagnosis unreadData(TcpSocket socket, Holders holders, Findings findings) {
        String summary = Words.owners(socket) + " has left " + Words.count(socket.receiveQueue() - 1, "byte")
                + " unread that came before the peer closed " + Words.age(socket.age()) + " ago";
        if (isYoung(socket)) {
            return findings.possibly(Verdict.UNREAD_DATA, summary, "look again in a second");
        }
        if (holders.isWaitedFor()) {
            return waitedFor(Verdict.UNREAD_DATA, summary, holders, findings);
        }
        return holders.allSeen()
                ? findings.certainly(Verdict.UNREAD_DATA, summary)
                : findings.likely(
                        Verdict.UNREAD_DATA,
                        summary,
                        "seeing what its threads wait for, or a second look with --sample 10s");
    }

    private Diagnosis readNotClosed(TcpSocket socket, Surroundings around, Findings findings) {
        boolean sawTheEnd = sawTheEnd(socket, around);
        // Not that they read it: who holds it now may have inherited it from one who did.
        String summary = (sawTheEnd ? "the end of the stream was read" : "all there was is read") + ", and "
                + Words.owners(socket) + " has not closed for " + Words.age(socket.age());
        if (isYoung(socket)) {
            return findings.possibly(
                    Verdict.EOF_READ_NOT_CLOSED, summary + "; it may be about to", "look again in a second");
        }
        if (mayStillSend(socket)) {
            return mayAnswer(socket, summary, findings);
        }
        findings.advise(new Counsel(socket, around.self())
                .repairProgram("close the descriptor where read returns 0", "the leak itself ends"));
        boolean longAgo = Words.isAtLeast(socket.age(), thresholds.idleMillis());
        String leak = longAgo ? ": a leak by all signs" : ": a leak, unless it still works on an answer";
        return sawTheEnd
                ? findings.certainly(Verdict.EOF_READ_NOT_CLOSED, summary + leak)
                : unseenEnd(socket, summary, leak, findings);
    }

    /**
     * Whether a read surely returned 0. A read that takes the last byte passes a FIN behind it as well (measured on Linux 6.18),
     * so it is sure only where the FIN came alone: it counts as one byte received.
     */
    private static boolean sawTheEnd(TcpSocket socket, Surroundings around) {
        long received = Words.info(socket, "bytes_received");
        return received == 1
                || around.before(socket)
                        .filter(before -> endWasLeft(before, received))
                        .isPresent();
    }

    private static boolean endWasLeft(TcpSocket before, long received) {
        return before.state() == TcpState.CLOSE_WAIT
                ? before.receiveQueue() == 1
                : before.receiveQueue() == 0 && Words.info(before, "bytes_received") == received - 1;
    }

    private static Diagnosis unseenEnd(TcpSocket socket, String summary, String leak, Findings findings) {
        findings.fact(
                "whether it saw the end cannot be told: a read that takes the last byte passes the FIN too",
                "tcp_info bytes_received");
        boolean pooled = Opener.of(socket) != Opener.OTHER_END;
        return findings.likely(
                Verdict.EOF_READ_NOT_CLOSED,
                summary + (pooled ? ": idle in a pool, or lost" : leak),
                pooled
                        ? "lastack why --sample 10s while the program works: a pool looks at its connections when it uses"
                                + " them again and closes this one, a lost one stays and its sisters grow in number"
                        : "the program's own log: whether a read of this connection returned 0");
    }

    private static Diagnosis mayAnswer(TcpSocket socket, String summary, Findings findings) {
        findings.fact(
                socket.sendQueue() > 0
                        ? Words.count(socket.sendQueue(), "byte") + " wait to be sent or confirmed"
                        : "it may have sent data since the FIN came",
                Words.SOCK_DIAG + " Send-Q, tcp_info last_data_sent");
        return findings.likely(
                Verdict.EOF_READ_NOT_CLOSED,
                summary + ", but may be answering still",
                "lastack why --sample 10s: data that still flows shows in Send-Q and last_data_sent");
    }

    /** Nothing was sent and nothing confirmed for long. */
    private boolean isQuiet(TcpSocket socket) {
        return Words.info(socket, "last_data_sent") >= thresholds.idleMillis()
                && Words.isAtLeast(socket.age(), thresholds.idleMillis());
    }

    /** An answer that is confirmed looks like the FIN itself: only an exact age rules one out, or that nothing was ever sent. */
    private boolean mayStillSend(TcpSocket socket) {
        boolean exact = socket.age() != null && socket.age().bound() == Age.Bound.EXACT;
        return socket.sendQueue() > 0 || (Words.info(socket, "bytes_sent") != 0 && !exact && !isQuiet(socket));
    }

    private boolean isYoung(TcpSocket socket) {
        return !Words.isAtLeast(socket.age(), thresholds.momentMillis());
    }
}
