package lastack.diagnosis;

import lastack.model.Durations;
import lastack.model.TcpSocket;
import lastack.model.Timer;

/** FIN-WAIT-2: this end has closed and the peer has confirmed that, and now it is the peer's turn. */
record FinWait2(Thresholds thresholds) implements Diagnoser {
    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        Findings findings = new Findings(socket);
        Context.age(socket, "the peer confirmed our FIN", findings);
        Context.timer(socket, findings);
        Context.sisters(socket, around, findings);
        Context.otherEnd(socket, around, findings);
        findings.advise(new Counsel(socket, around.self())
                .remove(
                        socket.orphan() ? "no packet is sent: the peer is not told" : "the peer gets a RST",
                        "what the peer still sends is lost"));
        return socket.orphan() ? orphan(socket, around, findings) : held(socket, around, findings);
    }

    private static Diagnosis orphan(TcpSocket socket, Surroundings around, Findings findings) {
        Timer timer = socket.timer();
        String left = timer == null ? "soon" : "in " + Durations.format(Math.max(0, timer.expiresMillis()));
        findings.fact("no program has it any more", Words.SOCK_DIAG + " inode 0")
                .advise(new Counsel(socket, around.self()).wait("the kernel ends it " + left));
        return findings.certainly(
                Verdict.PEER_NEVER_CLOSED,
                "the peer has not closed; no program waits for that, and the kernel ends it " + left);
    }

    private Diagnosis held(TcpSocket socket, Surroundings around, Findings findings) {
        new Holders(socket, around).describe(findings);
        boolean keepalive = socket.timer() != null;
        String summary = Words.owners(socket) + " has closed its direction, the peer has not closed its own for "
                + Words.age(socket.age());
        if (!Words.isAtLeast(socket.age(), thresholds.momentMillis())) {
            return findings.possibly(
                    Verdict.PEER_NEVER_CLOSED, summary + "; it may still be sending", "look again in a second");
        }
        return findings.certainly(
                Verdict.PEER_NEVER_CLOSED,
                summary + (keepalive ? "" : "; without a timer it can stay like this for ever"));
    }
}
