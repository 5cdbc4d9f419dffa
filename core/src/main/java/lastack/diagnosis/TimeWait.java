package lastack.diagnosis;

import java.util.Optional;
import lastack.kernel.Errno;
import lastack.model.Durations;
import lastack.model.TcpSocket;
import lastack.model.Timer;

/** TIME-WAIT: this end closed first, and waits a minute for late segments. */
record TimeWait(Thresholds thresholds) implements Diagnoser {
    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        Findings findings = new Findings(socket);
        Timer timer = socket.timer();
        String left = timer == null ? "a moment" : Durations.format(Math.max(0, timer.expiresMillis()));
        findings.fact("the kernel removes it in " + left, Words.SOCK_DIAG + " timer");
        Optional<Diagnosis> trouble = PortPressure.isOutgoing(socket, around)
                ? new PortPressure(thresholds).of(socket, around, findings)
                : blocked(socket, around, findings);
        return trouble.orElseGet(() -> normal(socket, left, around, findings));
    }

    private static Diagnosis normal(TcpSocket socket, String left, Surroundings around, Findings findings) {
        findings.advise(new Counsel(socket, around.self()).wait("it is gone in " + left));
        return findings.certainly(Verdict.NORMAL, "it is gone by itself in " + left);
    }

    /** Which program wants the port cannot be known, but whether it would get it can. */
    private static Optional<Diagnosis> blocked(TcpSocket socket, Surroundings around, Findings findings) {
        if (!around.listeners(socket).isEmpty()) {
            findings.fact("a listener has the port, so nobody is kept from it", Words.SOCK_DIAG);
            return Optional.empty();
        }
        Errno plain = around.bind(socket, false);
        if (!plain.equals(Errno.EADDRINUSE)) {
            findings.fact("binding " + socket.local() + (plain.number() == 0 ? " works" : ": " + plain), "tried");
            return Optional.empty();
        }
        boolean reuseHelps = around.bind(socket, true).number() == 0;
        findings.fact("binding " + socket.local() + " fails now: EADDRINUSE", "tried")
                .fact("with SO_REUSEADDR it " + (reuseHelps ? "works" : "fails too"), "tried");
        Counsel counsel = new Counsel(socket, around.self());
        if (reuseHelps) {
            findings.advise(counsel.repairProgram("set SO_REUSEADDR before bind", "bind works over what only waits"));
        }
        findings.advise(counsel.freeLocalPort());
        String summary = "no program can bind " + socket.local() + (reuseHelps ? " without SO_REUSEADDR" : "")
                + " while sockets such as this one are there";
        if (around.waitsAlone(socket)) {
            return Optional.of(findings.certainly(Verdict.BLOCKS_BIND, summary));
        }
        findings.fact("the port has sockets in other states too", Words.SOCK_DIAG);
        return Optional.of(findings.likely(
                Verdict.BLOCKS_BIND,
                summary + ", or the others on the port",
                "lastack ls sport = :" + socket.local().port() + ": every socket of the port can be the one"));
    }
}
