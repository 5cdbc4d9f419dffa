package lastack.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lastack.cli.print.JvmFindings;
import lastack.cli.print.JvmPrinter;
import lastack.jvm.Bounds;
import lastack.jvm.Jvm;
import lastack.jvm.JvmReport;
import lastack.model.Gap;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import org.jspecify.annotations.Nullable;

/** Goes into one or more JVMs and does there what was asked for. */
final class JvmVisit {
    /** What to do there. */
    enum Errand {
        FIND,
        TRACE,
        DETACH
    }

    /**
     * What was asked for.
     *
     * @param openings how many openings a trace keeps
     * @param bounds how far to look for holders
     * @param heap whether to look into a heap dump too
     */
    record Request(Errand errand, int openings, Bounds bounds, HeapLook heap) {}

    /**
     * A process to go into.
     *
     * @param start its start time, or -1 when only its number was given
     */
    record Call(int pid, long start) {
        static Call on(int pid) {
            return new Call(pid, -1);
        }

        /** Every JVM that holds one of them; other holders are no JVMs and are told about where none is. */
        static List<Call> onOwnersOf(Matches matches) {
            Set<Call> jvms = new LinkedHashSet<>();
            Set<Call> all = new LinkedHashSet<>();
            for (List<TcpSocket> sockets : matches.sockets().values()) {
                for (TcpSocket socket : sockets) {
                    for (Owner owner : socket.owners()) {
                        Call call = new Call(owner.pid(), owner.process().startTime());
                        all.add(call);
                        if (owner.jvm()) {
                            jvms.add(call);
                        }
                    }
                }
            }
            return List.copyOf(jvms.isEmpty() ? all : jvms);
        }
    }

    private final List<Call> calls;
    private final Request request;
    private final List<TcpSocket> sockets = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private @Nullable UnavailableException trouble;

    JvmVisit(List<Call> calls, Request request) {
        this.calls = calls;
        this.request = request;
    }

    /** Whether it is about the JVM and not about its sockets. */
    boolean isErrand() {
        return request.errand() != Errand.FIND;
    }

    /** About these sockets. */
    JvmVisit about(Matches matches) {
        matches.sockets().values().forEach(sockets::addAll);
        gaps.addAll(matches.gaps());
        return this;
    }

    int run(JvmPrinter printer) throws UnavailableException {
        List<JvmFindings> findings = new ArrayList<>();
        for (Call call : calls) {
            try {
                visit(call, findings);
            } catch (UnavailableException e) {
                if (calls.size() == 1) {
                    throw e;
                }
                Diagnostics.error(String.valueOf(e.getMessage()));
                trouble = e;
            }
        }
        if (calls.isEmpty()) {
            Diagnostics.gaps(gaps);
            Diagnostics.error("no process holds any of them, so no JVM does; see: lastack why");
            return ExitCode.NO_MATCH;
        }
        if (!isErrand()) {
            printer.print(findings);
            Diagnostics.gaps(gaps);
        }
        if (trouble != null) {
            return ExitCode.UNAVAILABLE;
        }
        return request.heap().isUnconfirmed() ? ExitCode.USAGE : ExitCode.DONE;
    }

    private void visit(Call call, List<JvmFindings> findings) throws UnavailableException {
        Jvm.Prospect prospect = Jvm.consider(call.pid());
        ProcessId id = prospect.process().id();
        if (call.start() >= 0 && call.start() != id.startTime()) {
            return;
        }
        if (request.errand() == Errand.DETACH && !prospect.within()) {
            Diagnostics.note("the agent is not in " + prospect.process().label());
            return;
        }
        warn(prospect);
        try (Jvm jvm = Jvm.enter(id)) {
            switch (request.errand()) {
                case FIND -> findings.add(find(jvm));
                case TRACE -> trace(jvm);
                case DETACH -> detach(jvm);
            }
        }
    }

    private static void warn(Jvm.Prospect prospect) {
        if (!prospect.within()) {
            String label = prospect.process().label();
            Diagnostics.note("note: the agent goes into " + label
                    + (prospect.warns()
                            ? ", which prints a warning about that on its standard error (Java 21 and later)"
                            : "")
                    + "; lastack jvm " + prospect.process().id().pid() + " --detach takes it out again");
        }
    }

    private JvmFindings find(Jvm jvm) throws UnavailableException {
        List<TcpSocket> own = sockets.stream()
                .filter(socket -> socket.owners().stream()
                        .anyMatch(owner -> owner.process().equals(jvm.process().id())))
                .toList();
        JvmReport report = jvm.find(own, request.bounds());
        return new JvmFindings(jvm.process(), own, request.heap().look(jvm, own, report));
    }

    private void trace(Jvm jvm) throws UnavailableException {
        JvmReport before = jvm.hello();
        jvm.trace(request.openings());
        String label = jvm.process().label();
        Diagnostics.note(
                before.tracing()
                        ? "it is noted already where " + label + " opens sockets: " + before.opened() + " so far"
                        : "from now on it is noted where " + label + " opens sockets; lastack jvm "
                                + jvm.process().id().pid() + " shows it");
    }

    private static void detach(Jvm jvm) throws UnavailableException {
        jvm.leave();
        Diagnostics.note("the agent is out of " + jvm.process().label());
    }
}
