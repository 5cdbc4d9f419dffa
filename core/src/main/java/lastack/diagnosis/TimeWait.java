package lastack.diagnosis;

import java.util.Optional;
import lastack.kernel.Errno;
import lastack.kernel.net.TcpSettings;
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
        TcpSettings settings = around.settings();
        boolean outgoing = settings.isEphemeral(socket.local().port())
                && around.listeners(socket).isEmpty();
        Optional<Diagnosis> trouble = outgoing ? pressure(socket, around, findings) : blocked(socket, around, findings);
        return trouble.orElseGet(() -> normal(socket, left, around, findings));
    }

    private static Diagnosis normal(TcpSocket socket, String left, Surroundings around, Findings findings) {
        findings.advise(new Counsel(socket, around.self()).wait("it is gone in " + left));
        return findings.certainly(Verdict.NORMAL, "it is gone by itself in " + left);
    }

    private Optional<Diagnosis> pressure(TcpSocket socket, Surroundings around, Findings findings) {
        TcpSettings settings = around.settings();
        int used = around.portsTowards(socket);
        int percent = (int) (100L * used / settings.ports());
        findings.fact(
                used + " of " + settings.ports() + " local ports are taken towards " + socket.peer() + " from "
                        + socket.local().address() + " (" + percent + " %)",
                Words.SOCK_DIAG + " and ip_local_port_range");
        if (percent < thresholds.pressurePercent()) {
            return Optional.empty();
        }
        findings.fact(reuse(settings.timeWaitReuse()), "tcp_tw_reuse");
        Counsel counsel = new Counsel(socket, around.self());
        findings.advise(counsel.repairProgram(
                        "keep connections and use them again instead of closing each", "hardly a port is left waiting"))
                .advise(counsel.freePorts());
        if (settings.firstPort() > Counsel.WIDE_FIRST_PORT) {
            findings.advise(counsel.widenPorts());
        }
        return Optional.of(measured(socket, percent, around, findings));
    }

    private static Diagnosis measured(TcpSocket socket, int percent, Surroundings around, Findings findings) {
        String share = percent + " % of the local ports towards " + socket.peer() + " are taken";
        Optional<Errno> tried = around.connect(socket);
        if (tried.isEmpty()) {
            return findings.likely(
                    Verdict.PORT_PRESSURE,
                    share,
                    "connecting, which fails with EADDRNOTAVAIL when no port is left; the kernel does not count that");
        }
        boolean fails = tried.get().equals(Errno.EADDRNOTAVAIL);
        findings.fact(
                fails
                        ? "a new connection finds no port: connect fails with EADDRNOTAVAIL"
                        : "a new connection still finds a port" + (tried.get().number() == 0 ? "" : ": " + tried.get()),
                "tried, without sending a packet");
        return findings.certainly(Verdict.PORT_PRESSURE, share + (fails ? ", and connect fails now" : ""));
    }

    private static String reuse(int value) {
        return switch (value) {
            case 0 -> "tcp_tw_reuse is 0: a port in TIME-WAIT is never taken for a new connection";
            case 1 -> "tcp_tw_reuse is 1: a port in TIME-WAIT may be taken for a new connection after a second";
            default -> "tcp_tw_reuse is " + value + ": a port in TIME-WAIT may be taken again on loopback only";
        };
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
