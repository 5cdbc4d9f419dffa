package lastack.diagnosis;

import java.util.Optional;
import lastack.kernel.Errno;
import lastack.kernel.net.TcpSettings;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/** Whether the local ports towards the destination of a connection run short, whatever state they are taken in. */
record PortPressure(Thresholds thresholds) {
    /** Says so of a connection this host asked for; empty where there are enough. */
    Optional<Diagnosis> of(TcpSocket socket, Surroundings around, Findings findings) {
        TcpSettings settings = around.settings();
        if (!isOutgoing(socket, around)) {
            return Optional.empty();
        }
        PortsTaken taken = around.portsTowards(socket);
        int percent = (int) (100L * taken.all() / settings.ports());
        if (socket.state() == TcpState.TIME_WAIT || percent >= thresholds.pressurePercent()) {
            findings.fact(
                    taken.all() + " of " + settings.ports() + " local ports are taken towards " + socket.peer()
                            + " from " + socket.local().address() + " (" + percent + " %)",
                    Words.SOCK_DIAG + " and ip_local_port_range");
        }
        if (percent < thresholds.pressurePercent()) {
            return Optional.empty();
        }
        if (taken.waiting() > 0) {
            findings.fact(reuse(settings.timeWaitReuse()), "tcp_tw_reuse");
        }
        advise(socket, taken, around, findings);
        String share = percent + " % of the local ports towards " + socket.peer() + " are taken";
        return Optional.of(conclude(share, around.connect(socket), findings));
    }

    /** Whether the kernel chose its port, for a connection that was asked for here. */
    static boolean isOutgoing(TcpSocket socket, Surroundings around) {
        return socket.peer().port() != 0
                && around.settings().isEphemeral(socket.local().port())
                && Opener.of(socket) != Opener.OTHER_END
                && around.listeners(socket).isEmpty();
    }

    private static void advise(TcpSocket socket, PortsTaken taken, Surroundings around, Findings findings) {
        Counsel counsel = new Counsel(socket, around.self());
        findings.advise(counsel.repairProgram(
                taken.waiting() > 0
                        ? "keep connections and use them again instead of closing each"
                        : "share connections, or connect from or to several addresses: each pair has ports of its own",
                "fewer ports are taken towards one destination"));
        if (taken.waiting() > 0) {
            findings.advise(counsel.freePorts());
        }
        if (around.settings().firstPort() > Counsel.WIDE_FIRST_PORT) {
            findings.advise(counsel.widenPorts());
        }
    }

    private static Diagnosis conclude(String share, PortOutlook outlook, Findings findings) {
        return switch (outlook) {
            case PortOutlook.Tried(Errno answer) -> tried(share, answer, findings);
            case PortOutlook.TakesOver(int ready, int young) -> takesOver(share, ready, young, findings);
            case PortOutlook.Unknown() ->
                findings.likely(
                        Verdict.PORT_PRESSURE,
                        share,
                        "connecting, which fails with EADDRNOTAVAIL when no port is left; the kernel does not count"
                                + " that");
        };
    }

    private static Diagnosis tried(String share, Errno answer, Findings findings) {
        String how = "tried, without sending a packet";
        if (answer.equals(Errno.EADDRNOTAVAIL)) {
            findings.fact("a new connection finds no port: connect fails with EADDRNOTAVAIL", how);
            return findings.certainly(Verdict.PORT_PRESSURE, share + ", and connect fails now");
        }
        findings.fact("a new connection still finds a port" + (answer.number() == 0 ? "" : ": " + answer), how);
        return findings.possibly(
                Verdict.PORT_PRESSURE,
                share + "; a new connection still finds one",
                "the share growing: connect fails with EADDRNOTAVAIL when no port is left");
    }

    private static Diagnosis takesOver(String share, int ready, int young, Findings findings) {
        findings.fact(
                "computed and not tried, because a trial could end one of these: of the "
                        + Words.count((long) ready + young, "port") + " in TIME-WAIT towards it, " + ready
                        + " have waited for a second and may be taken over",
                Words.SOCK_DIAG + " timer, tcp_tw_reuse");
        if (ready > 0) {
            return findings.possibly(
                    Verdict.PORT_PRESSURE,
                    share + ", but a new connection may take over one of " + ready + " in TIME-WAIT",
                    "connecting, which fails with EADDRNOTAVAIL when no port is left");
        }
        return findings.likely(
                Verdict.PORT_PRESSURE,
                share + "; those in TIME-WAIT can be taken over once they have waited for a second",
                "connecting, which fails with EADDRNOTAVAIL when no port is left");
    }

    private static String reuse(int value) {
        return switch (value) {
            case 0 -> "tcp_tw_reuse is 0: a port in TIME-WAIT is never taken for a new connection";
            case 1 -> "tcp_tw_reuse is 1: a port in TIME-WAIT may be taken for a new connection after a second";
            default -> "tcp_tw_reuse is " + value + ": a port in TIME-WAIT may be taken again on loopback only";
        };
    }
}
