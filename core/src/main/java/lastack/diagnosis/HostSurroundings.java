package lastack.diagnosis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lastack.kernel.BindTrial;
import lastack.kernel.Errno;
import lastack.kernel.net.ConnectTrial;
import lastack.kernel.net.NetCounters;
import lastack.kernel.net.TcpSettings;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcessView;
import lastack.model.Endpoint;
import lastack.model.Gap;
import lastack.model.NetNamespace;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTable;
import org.jspecify.annotations.Nullable;

/** The real world around the sockets of one namespace; everything is looked at when it is first asked for, and once. */
final class HostSurroundings implements Surroundings {
    private static final Errno NO_ERROR = Errno.NONE;
    private static final int REUSE_AFTER_MILLIS = 1_000;

    /** {@code LOOPBACK_IFINDEX} of {@code net/flow.h}. */
    private static final int LOOPBACK_DEVICE = 1;

    private final SocketTable table;
    private final Scene scene;
    private final Map<Long, TcpSocket> earlier = new HashMap<>();
    private final TcpSettings settings;
    private final Neighbourhood neighbourhood;
    private final OtherEnds otherEnds;
    private final Map<Long, Attendance> attendances = new HashMap<>();
    private final Map<Endpoint, Errno> binds = new HashMap<>();
    private final Map<Endpoint, Errno> bindsWithReuse = new HashMap<>();
    private final Map<Neighbourhood.Destination, PortOutlook> connects = new HashMap<>();
    private @Nullable NetCounters counters;

    HostSurroundings(SocketTable table, Scene scene, List<TcpSocket> asked, List<TcpSocket> before)
            throws UnavailableException {
        this.table = table;
        this.scene = scene;
        this.otherEnds = new OtherEnds(table, scene);
        this.settings = table.inside(TcpSettings::read);
        this.neighbourhood = Neighbourhood.of(table, asked, settings, scene.owners());
        before.forEach(socket -> earlier.put(socket.id().cookie(), socket));
    }

    Neighbourhood neighbourhood() {
        return neighbourhood;
    }

    @Override
    public ProcessView process(ProcessId process) {
        return scene.process(process);
    }

    @Override
    public Attendance attendance(TcpSocket socket, int from) {
        return attendances.computeIfAbsent(socket.id().cookie(), cookie -> Attendance.of(socket, from, this));
    }

    @Override
    public OtherEnd otherEnd(TcpSocket socket) {
        return otherEnds.of(socket);
    }

    @Override
    public List<TcpSocket> listeners(TcpSocket socket) {
        return neighbourhood.listeners(socket.local());
    }

    @Override
    public List<TcpSocket> listenersAtPeer(TcpSocket socket) {
        Endpoint peer = socket.peer();
        boolean here = peer.address().unmapped().isLoopback()
                || peer.address().equals(socket.local().address());
        return here ? neighbourhood.listeners(peer) : List.of();
    }

    @Override
    public boolean waitsAlone(TcpSocket socket) {
        return neighbourhood.waitsAlone(socket.local().port());
    }

    @Override
    public Sisters sisters(TcpSocket socket) {
        return neighbourhood.sisters(socket);
    }

    @Override
    public PortsTaken portsTowards(TcpSocket socket) {
        return neighbourhood.portsTowards(socket);
    }

    @Override
    public Optional<TcpSocket> before(TcpSocket socket) {
        return Optional.ofNullable(earlier.get(socket.id().cookie()));
    }

    @Override
    public Errno bind(TcpSocket socket, boolean reuse) {
        return (reuse ? bindsWithReuse : binds).computeIfAbsent(socket.local(), end -> tryToBind(end, reuse));
    }

    private Errno tryToBind(Endpoint end, boolean reuse) {
        try {
            Endpoint plain = new Endpoint(end.address().unmapped(), end.port());
            Errno errno = table.inside(() -> BindTrial.attempt(plain, reuse));
            return errno == null ? NO_ERROR : errno;
        } catch (UnavailableException e) {
            return Errno.EPERM;
        }
    }

    @Override
    public PortOutlook connect(TcpSocket socket) {
        return connects.computeIfAbsent(Neighbourhood.Destination.of(socket), to -> outlook(to, socket));
    }

    /** Looks again right before the trial: what closes meanwhile is too young to be taken over. */
    private PortOutlook outlook(Neighbourhood.Destination to, TcpSocket socket) {
        try {
            PortOutlook.TakesOver waiting = takenOver(to);
            if (waiting.ready() + waiting.young() > 0) {
                return waiting;
            }
            Optional<Errno> answer =
                    table.inside(() -> ConnectTrial.connect(socket.local().address(), socket.peer()));
            return answer.isPresent() ? new PortOutlook.Tried(answer.get()) : new PortOutlook.Unknown();
        } catch (UnavailableException e) {
            return new PortOutlook.Unknown();
        }
    }

    private PortOutlook.TakesOver takenOver(Neighbourhood.Destination to) throws UnavailableException {
        int[] readyAndYoung = {0, 0};
        if (settings.timeWaitReuse() != 0) {
            table.stream(Neighbourhood.query("state time-wait"), other -> {
                if (Neighbourhood.Destination.of(other).equals(to) && mayBeTakenOver(other)) {
                    readyAndYoung[Words.isAtLeast(other.age(), REUSE_AFTER_MILLIS) ? 0 : 1]++;
                }
            });
        }
        return new PortOutlook.TakesOver(readyAndYoung[0], readyAndYoung[1]);
    }

    /** What {@code tcp_twsk_unique} of {@code net/ipv4/tcp_ipv4.c} allows, but for the age. */
    private boolean mayBeTakenOver(TcpSocket waiting) {
        return settings.timeWaitReuse() != 2
                || waiting.id().deviceIndex() == LOOPBACK_DEVICE
                || waiting.local().address().unmapped().isLoopback()
                || waiting.peer().address().unmapped().isLoopback();
    }

    @Override
    public Optional<Gap> blindness() {
        return scene.owners().hidden().stream().findFirst();
    }

    @Override
    public boolean privileged() {
        return Privileges.own().seesAllDescriptors();
    }

    @Override
    public boolean mayActOn(int uid) {
        Privileges own = Privileges.own();
        return own.seesAllDescriptors() || own.uid() == uid;
    }

    @Override
    public List<String> inFlight() {
        return scene.inFlight();
    }

    @Override
    public TcpSettings settings() {
        return settings;
    }

    @Override
    public NetCounters counters() {
        NetCounters read = counters;
        if (read == null) {
            try {
                read = table.inside(NetCounters::read);
            } catch (UnavailableException e) {
                read = NetCounters.NONE;
            }
            counters = read;
        }
        return read;
    }

    @Override
    public NetNamespace self() {
        return scene.self();
    }
}
