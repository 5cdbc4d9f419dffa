package lastack.diagnosis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lastack.kernel.Errno;
import lastack.kernel.net.TcpCounters;
import lastack.kernel.net.TcpSettings;
import lastack.kernel.process.DescriptorLimit;
import lastack.kernel.process.EpollEntry;
import lastack.kernel.process.FrozenGroup;
import lastack.kernel.process.ProcessView;
import lastack.kernel.process.ThreadWait;
import lastack.model.Age;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.Gap;
import lastack.model.IpAddress;
import lastack.model.NetNamespace;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.SocketId;
import lastack.model.TcpInfo;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.Timer;
import lastack.model.Workload;
import org.jspecify.annotations.Nullable;

/** A socket and a world around it in which nothing is the matter, but for what a test says. */
final class StillLife implements Surroundings {
    private static final NetNamespace HERE = new NetNamespace(1, null);

    private TcpState state = TcpState.ESTABLISHED;
    private long receiveQueue;
    private long sendQueue;
    private long inode = 4_887;
    private int port = 40_000;
    private @Nullable Timer timer;
    private @Nullable Age age;
    private final List<Owner> owners = new ArrayList<>();
    private final Map<String, Long> info = new LinkedHashMap<>();
    private @Nullable FrozenGroup frozen;
    private final Map<Integer, Character> states = new HashMap<>();
    private final List<TcpSocket> listeners = new ArrayList<>();
    private OtherEnd otherEnd = new OtherEnd.Elsewhere();
    private int portsTaken;
    private int descriptors = 10;
    private @Nullable TcpSocket before;
    private Errno bind = new Errno(0);
    private PortOutlook connect = new PortOutlook.Unknown();
    private @Nullable Gap blindness;
    private boolean privileged = true;
    private boolean usesRing;
    private boolean waitsAlone = true;
    private NetNamespace netns = HERE;
    private final List<EpollEntry> polled = new ArrayList<>();
    private final List<ThreadWait> threads =
            new ArrayList<>(List.of(new ThreadWait(7, "futex_do_wait", Set.of(), Set.of())));
    private int ownUid = 1_000;

    StillLife() {
        info("last_ack_recv", 10).info("last_data_recv", 10).info("last_data_sent", 10);
        info("bytes_sent", 100)
                .info("bytes_acked", 100)
                .info("bytes_retrans", 0)
                .info("notsent_bytes", 0);
        info("snd_wnd", 65_536).info("rcv_wnd", 65_536);
    }

    StillLife state(TcpState newState) {
        state = newState;
        return this;
    }

    StillLife queues(long receive, long send) {
        receiveQueue = receive;
        sendQueue = send;
        return this;
    }

    StillLife inode(long newInode) {
        inode = newInode;
        return this;
    }

    StillLife port(int newPort) {
        port = newPort;
        return this;
    }

    StillLife timer(Timer.Kind kind, int retransmits) {
        timer = new Timer(kind, 500, retransmits);
        return this;
    }

    StillLife age(long millis, Age.Bound bound) {
        age = new Age(millis, Age.Source.LAST_ACK, bound);
        return this;
    }

    StillLife owner(int pid, char processState) {
        owners.add(new Owner(new ProcessId(pid, 1), "app", "app", 0, "root", 3, Workload.NONE, 0, false));
        states.put(pid, processState);
        return this;
    }

    /** All its owners are in a frozen control group. */
    StillLife frozen(String... switches) {
        List<Path> files = Arrays.stream(switches).map(Path::of).toList();
        frozen = new FrozenGroup(Path.of("/sys/fs/cgroup/app/cgroup.events"), files, "0");
        return this;
    }

    StillLife info(String field, long value) {
        info.put(field, value);
        return this;
    }

    StillLife listener(long queued, long backlog) {
        listeners.add(
                new StillLife().state(TcpState.LISTEN).queues(queued, backlog).socket());
        return this;
    }

    StillLife otherEnd(OtherEnd end) {
        otherEnd = end;
        return this;
    }

    StillLife descriptors(int count) {
        descriptors = count;
        return this;
    }

    StillLife portsTaken(int count) {
        portsTaken = count;
        return this;
    }

    StillLife before(long queued, long received) {
        before = new StillLife()
                .queues(queued, 0)
                .info("bytes_received", received)
                .socket();
        return this;
    }

    StillLife bind(Errno answer) {
        bind = answer;
        return this;
    }

    StillLife connect(PortOutlook answer) {
        connect = answer;
        return this;
    }

    StillLife as(int uid) {
        ownUid = uid;
        privileged = false;
        return this;
    }

    StillLife blind(boolean root) {
        blindness = new Gap("owners", "the descriptors of 1 process may not be read", "-");
        privileged = root;
        return this;
    }

    /** A thread waits for an epoll set that has it. */
    StillLife polled(long events) {
        polled.add(new EpollEntry(9, 3, events, inode, false));
        threads.add(new ThreadWait(8, "epoll_wait", Set.of(9), Set.of(9)));
        return this;
    }

    StillLife threadsUnseen() {
        threads.clear();
        return this;
    }

    StillLife notAloneOnItsPort() {
        waitsAlone = false;
        return this;
    }

    StillLife usesRing() {
        usesRing = true;
        return this;
    }

    StillLife netns(NetNamespace newNetns) {
        netns = newNetns;
        return this;
    }

    Diagnosis diagnosis() {
        return new Diagnosers(Thresholds.USUAL).diagnose(socket(), this);
    }

    TcpSocket socket() {
        Endpoint local = new Endpoint(IpAddress.v4(0x0A000005), port);
        Endpoint peer = new Endpoint(IpAddress.v4(0x0A000009), 443);
        return new TcpSocket(
                new SocketId(Family.INET, local, peer, 0, 0x1001),
                state,
                state.number(),
                receiveQueue,
                sendQueue,
                0,
                inode,
                timer,
                age,
                netns,
                List.copyOf(owners),
                new TcpSocket.Details(0, null, null, new TcpInfo(info), null, false));
    }

    @Override
    public ProcessView process(ProcessId process) {
        char letter = states.getOrDefault(process.pid(), 'S');
        return new ProcessView(
                process.pid(),
                letter,
                descriptors,
                new DescriptorLimit(1_024, 1_024),
                polled,
                usesRing,
                threads,
                frozen);
    }

    @Override
    public OtherEnd otherEnd(TcpSocket socket) {
        return otherEnd;
    }

    @Override
    public List<TcpSocket> listeners(TcpSocket socket) {
        return listeners;
    }

    @Override
    public boolean waitsAlone(TcpSocket socket) {
        return waitsAlone;
    }

    @Override
    public List<TcpSocket> listenersAtPeer(TcpSocket socket) {
        return state == TcpState.SYN_SENT ? listeners : List.of();
    }

    @Override
    public Sisters sisters(TcpSocket socket) {
        return Sisters.NONE.with(socket);
    }

    @Override
    public PortsTaken portsTowards(TcpSocket socket) {
        return new PortsTaken(portsTaken, state == TcpState.TIME_WAIT ? portsTaken : 0);
    }

    @Override
    public Optional<TcpSocket> before(TcpSocket socket) {
        return Optional.ofNullable(before);
    }

    @Override
    public Errno bind(TcpSocket socket, boolean reuse) {
        return reuse ? new Errno(0) : bind;
    }

    @Override
    public PortOutlook connect(TcpSocket socket) {
        return connect;
    }

    @Override
    public Optional<Gap> blindness() {
        return Optional.ofNullable(blindness);
    }

    @Override
    public boolean privileged() {
        return privileged;
    }

    @Override
    public boolean mayActOn(int uid) {
        return privileged || uid == ownUid;
    }

    @Override
    public List<String> inFlight() {
        return List.of();
    }

    /** Ports 40000 to 40099. */
    @Override
    public TcpSettings settings() {
        return new TcpSettings(40_000, 40_099, 15, 8, 6, 5, 2, 4_096);
    }

    @Override
    public TcpCounters counters() {
        return TcpCounters.NONE;
    }

    @Override
    public NetNamespace self() {
        return HERE;
    }
}
