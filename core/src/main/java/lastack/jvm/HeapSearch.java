package lastack.jvm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lastack.jvm.heap.HeapHolders;
import lastack.jvm.heap.Holding;
import lastack.model.TcpSocket;

/** Adds to what an agent told what a heap dump shows of the sockets that no field leads to. */
final class HeapSearch {
    private final JvmProcess jvm;
    private final JvmReport report;
    private final List<JvmSocket> sockets;
    private final Set<Long> lost = new HashSet<>();

    private HeapSearch(JvmProcess jvm, JvmReport report) {
        this.jvm = jvm;
        this.report = report;
        this.sockets = new ArrayList<>(report.sockets());
    }

    static JvmReport in(FileChannel dump, JvmProcess jvm, JvmReport report, Collection<TcpSocket> unheld)
            throws IOException {
        Set<Integer> descriptors = unheld.stream()
                .flatMap(socket -> jvm.descriptors(socket).boxed())
                .collect(Collectors.toSet());
        HeapHolders holders = new HeapHolders(dump, descriptors);
        HeapSearch search = new HeapSearch(jvm, report);
        unheld.forEach(socket -> search.take(socket, holders));
        return search.report(holders.whole());
    }

    private void take(TcpSocket socket, HeapHolders holders) {
        jvm.descriptors(socket).forEach(fd -> {
            Optional<JvmSocket> known = report.on(fd, socket.inode());
            String inner = known.map(one -> one.inner().type()).orElse("");
            holders.holdings().stream()
                    .filter(holding -> holding.fd() == fd)
                    .max(Comparator.<Holding, Boolean>comparing(one -> one.way().isPresent())
                            .thenComparing(one -> one.type().equals(inner)))
                    .ifPresent(holding -> take(socket.inode(), known, holding, holders.whole()));
        });
    }

    private void take(long inode, Optional<JvmSocket> known, Holding holding, boolean whole) {
        known.ifPresent(sockets::remove);
        JavaObject object = new JavaObject(holding.type(), "");
        JvmSocket before = known.orElseGet(() -> new JvmSocket(
                holding.fd(),
                inode,
                object,
                object,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty()));
        sockets.add(before.heldBy(holding.way().map(HeapSearch::path)));
        if (holding.way().isEmpty() && whole) {
            lost.add(inode);
        }
    }

    private static HolderPath path(Holding.Way way) {
        List<HolderPath.Step> steps = way.steps().stream()
                .map(step -> new HolderPath.Step(step.link(), new JavaObject(step.type(), ""), List.of()))
                .toList();
        return switch (way.kind()) {
            case LOCAL_VARIABLE -> new HolderPath(HolderPath.LOCAL, variable(way), steps);
            case STATIC_FIELD -> new HolderPath("static", way.field(), steps);
            case THREAD -> new HolderPath("thread", way.thread(), steps);
            case JNI_LOCAL -> new HolderPath("native", "a local reference of thread " + way.thread(), steps);
            case JNI_GLOBAL -> new HolderPath("native", "a global reference", steps);
            case MONITOR -> new HolderPath("native", "a lock that is held", steps);
            case JVM -> new HolderPath("native", "the JVM itself", steps);
        };
    }

    private static String variable(Holding.Way way) {
        String called = way.caller() == null ? "" : ", called from " + frame(way.caller()) + ",";
        return "frame " + (way.call() == null ? "?" : frame(way.call())) + called + " of thread " + way.thread();
    }

    private static Frame frame(StackTraceElement call) {
        return new Frame(
                call.getClassName(),
                call.getMethodName(),
                call.getFileName() == null ? "" : call.getFileName(),
                call.getLineNumber());
    }

    private JvmReport report(boolean whole) {
        Optional<String> stopped =
                whole ? Optional.empty() : Optional.of("the ways up in the heap dump are longer than it looked");
        return report.with(sockets, lost, stopped);
    }
}
