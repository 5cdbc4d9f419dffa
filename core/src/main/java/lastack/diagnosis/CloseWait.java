package lastack.diagnosis;

import lastack.model.TcpSocket;

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
                ? "Recv-Q is 0: the program has read the end of the stream"
                : socket.receiveQueue() == 1
                        ? "Recv-Q is 1, exactly the FIN: the program has not read it"
                        : "Recv-Q is " + socket.receiveQueue() + ": " + Words.count(socket.receiveQueue() - 1, "byte")
                                + " and the FIN are not read";
        findings.fact(meaning, Words.SOCK_DIAG + " Recv-Q");
    }

    private static void advise(TcpSocket socket, Surroundings around, Findings findings) {
        Counsel counsel = new Counsel(socket, around.self());
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
            return findings.likely(
                    Verdict.EOF_NEVER_READ,
                    summary + ", although a thread waits for this descriptor",
                    "look again: a thread that is woken by it now will read it");
        }
        return neglected(socket, summary, findings);
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
        return holders.isWaitedFor()
                ? findings.likely(
                        Verdict.UNREAD_DATA,
                        summary + ", although a thread waits for this descriptor",
                        "look again: a thread that is woken by it now will read it")
                : findings.certainly(Verdict.UNREAD_DATA, summary);
    }

    private Diagnosis readNotClosed(TcpSocket socket, Surroundings around, Findings findings) {
        String summary =
                Words.owners(socket) + " read the end of the stream and has not closed for " + Words.age(socket.age());
        if (isYoung(socket)) {
            return findings.possibly(
                    Verdict.EOF_READ_NOT_CLOSED, summary + "; it may be about to", "look again in a second");
        }
        if (stillSends(socket)) {
            findings.fact("it has sent data since the FIN came", "tcp_info last_data_sent");
            return findings.likely(
                    Verdict.EOF_READ_NOT_CLOSED,
                    summary + ", but it sent data after that: it may be answering still",
                    "lastack why --sample 10s: data that still flows shows in Send-Q and last_data_sent");
        }
        findings.advise(new Counsel(socket, around.self())
                .repairProgram("close the descriptor where read returns 0", "the leak itself ends"));
        boolean longAgo = Words.isAtLeast(socket.age(), thresholds.idleMillis());
        return findings.certainly(
                Verdict.EOF_READ_NOT_CLOSED,
                summary + (longAgo ? ": a leak by all signs" : ": a leak, unless it still works on an answer"));
    }

    /** Data was sent, or waits to be, after the peer's FIN. */
    private static boolean stillSends(TcpSocket socket) {
        long sent = Words.info(socket, "last_data_sent");
        long bytes = Words.info(socket, "bytes_sent");
        boolean sentLater = bytes > 0
                && sent >= 0
                && socket.age() != null
                && sent < socket.age().millis();
        return sentLater || socket.sendQueue() > 0;
    }

    private boolean isYoung(TcpSocket socket) {
        return !Words.isAtLeast(socket.age(), thresholds.momentMillis());
    }
}
