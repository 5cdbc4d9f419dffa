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
    /** A look at every socket of the host costs as much as about so many questions to each namespace. */
    private static final int QUESTIONS_ONE_BY_ONE = 200;

    /** In the place of the number of a single namespace. */
    private static final long EVERYWHERE = 0;

    private final LazyOwners owners = new LazyOwners();
    private final Map<ProcessId, ProcessView> processes = new HashMap<>();
    private final NetNamespace self;
    private @Nullable SocketTables everywhere;
    private @Nullable Whereabouts whereabouts;
    private final Map<Long, Translations> translations = new HashMap<>();
    private int questions;
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

    /** Those that may have the other end of this socket: all of them, or after many such questions those that are known to. */
    List<SocketTable> withOtherEnd(TcpSocket socket) throws UnavailableException {
        List<SocketTable> all = everywhere();
        if (++questions <= QUESTIONS_ONE_BY_ONE) {
            return all;
        }
        Whereabouts known = whereabouts;
        if (known == null) {
            known = Whereabouts.in(all);
            whereabouts = known;
        }
        return known.ofOtherEnd(socket);
    }

    /** What every namespace that can be entered remembers of translated addresses. */
    Translations translations() throws UnavailableException {
        List<SocketTable> all = everywhere();
        return translations.computeIfAbsent(EVERYWHERE, key -> Translations.in(all));
    }

    /** What one namespace remembers of them. */
    Translations translations(SocketTable table) {
        return translations.computeIfAbsent(table.namespace().inode(), key -> Translations.in(List.of(table)));
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
        translations.values().forEach(Translations::close);
        if (everywhere != null) {
            everywhere.close();
        }
    }
}
