package lastack.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lastack.diagnosis.Diagnosis;
import lastack.diagnosis.Evidence;
import lastack.diagnosis.Group;
import lastack.diagnosis.Report;
import lastack.jvm.Jvm;
import lastack.jvm.Opening;
import lastack.model.Durations;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;

/** The lines that opened sockets their program does not close, where an agent in its JVM notes them already. Goes into no JVM. */
final class OpeningLines {
    private final Map<Long, Evidence> byInode = new HashMap<>();

    private OpeningLines() {}

    static Report addedTo(Report report) {
        Map<ProcessId, List<TcpSocket>> asked = inJvms(report.diagnoses());
        asked.keySet().removeIf(process -> !Jvm.isIn(process));
        if (asked.isEmpty()) {
            return report;
        }
        OpeningLines lines = new OpeningLines();
        asked.forEach(lines::ask);
        return new Report(
                report.matched(),
                report.gone(),
                lines.added(report.diagnoses()),
                report.groups().stream().map(lines::added).toList(),
                report.gaps());
    }

    private static Map<ProcessId, List<TcpSocket>> inJvms(List<Diagnosis> diagnoses) {
        Map<ProcessId, List<TcpSocket>> sockets = new LinkedHashMap<>();
        for (Diagnosis diagnosis : diagnoses) {
            TcpSocket socket = diagnosis.socket();
            for (Owner owner : socket.state() == TcpState.CLOSE_WAIT ? socket.owners() : List.<Owner>of()) {
                if (owner.jvm()) {
                    sockets.computeIfAbsent(owner.process(), _ -> new ArrayList<>())
                            .add(socket);
                }
            }
        }
        return sockets;
    }

    private void ask(ProcessId process, List<TcpSocket> sockets) {
        try (Jvm jvm = Jvm.enter(process)) {
            String source = "the agent in " + jvm.process().label();
            jvm.openings(sockets)
                    .forEach((inode, opening) -> byInode.put(inode, new Evidence(sentence(opening), source)));
        } catch (UnavailableException e) {
            // The verdict stands without it.
            byInode.keySet().removeAll(sockets.stream().map(TcpSocket::inode).toList());
        }
    }

    private static String sentence(Opening opening) {
        return "opened " + Durations.format(opening.agoMillis()) + " ago at " + opening.line() + " on thread "
                + opening.thread();
    }

    private Group added(Group group) {
        return group.of(added(group.members()));
    }

    private List<Diagnosis> added(List<Diagnosis> diagnoses) {
        return diagnoses.stream().map(this::added).toList();
    }

    private Diagnosis added(Diagnosis diagnosis) {
        Evidence evidence = byInode.get(diagnosis.socket().inode());
        return evidence == null ? diagnosis : diagnosis.seen(evidence);
    }
}
