package lastack.diagnosis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lastack.kernel.process.InFlight;
import lastack.kernel.process.ProcessView;
import lastack.model.NetNamespace;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.LazyOwners;
import lastack.sockets.Namespaces;
import lastack.sockets.SocketTable;
import lastack.sockets.SocketTables;
import org.jspecify.annotations.Nullable;

/** What all namespaces of one investigation share: the walk over the processes, and what was read of single ones. */
final class Scene implements AutoCloseable {
    private final LazyOwners owners = new LazyOwners();
    private final Map<ProcessId, ProcessView> processes = new HashMap<>();
    private final NetNamespace self;
    private @Nullable SocketTables everywhere;
    private @Nullable List<String> inFlight;

    Scene() throws UnavailableException {
        this.self = Namespaces.self();
    }

    LazyOwners owners() {
        return owners;
    }

    NetNamespace self() {
        return self;
    }

    ProcessView process(ProcessId process) {
        return processes.computeIfAbsent(process, id -> ProcessView.of(id.pid(), id.startTime()));
    }

    TcpSocket withOwners(TcpSocket socket) {
        return socket.withOwners(owners.of(socket.inode()));
    }

    /** The tables of every namespace that can be entered. */
    List<SocketTable> everywhere() throws UnavailableException {
        SocketTables opened = everywhere;
        if (opened == null) {
            opened = SocketTables.open("all");
            everywhere = opened;
        }
        return opened.tables();
    }

    /** Why some namespaces could not be entered; empty where all could. */
    Optional<String> closed() throws UnavailableException {
        everywhere();
        return everywhere == null
                ? Optional.empty()
                : everywhere.gaps().stream()
                        .map(gap -> gap.what() + ": " + gap.why())
                        .findFirst();
    }

    List<String> inFlight() {
        List<String> found = inFlight;
        if (found == null) {
            found = InFlight.find();
            inFlight = found;
        }
        return found;
    }

    @Override
    public void close() {
        if (everywhere != null) {
            everywhere.close();
        }
    }
}
