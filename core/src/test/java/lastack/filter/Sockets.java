package lastack.filter;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import lastack.model.Age;
import lastack.model.Endpoint;
import lastack.model.IpAddress;
import lastack.model.NetNamespace;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.SocketId;
import lastack.model.TcpSocket;
import lastack.model.TcpSocket.Details;
import lastack.model.TcpState;
import lastack.model.Workload;
import org.jspecify.annotations.Nullable;

/** Builds sockets to ask filters about; what a test does not say is an ordinary connection of nobody in particular. */
final class Sockets {
    private Endpoint local = new Endpoint(address("10.0.0.5"), 443);
    private Endpoint peer = new Endpoint(address("10.0.0.9"), 51812);
    private TcpState state = TcpState.ESTABLISHED;
    private int stateNumber = TcpState.ESTABLISHED.number();
    private int deviceIndex;
    private long cookie = 0x1001;
    private long receiveQueue;
    private long sendQueue;
    private int uid = 1000;
    private long inode = 4887;
    private @Nullable Age age;
    private Details details = Details.NONE;
    private final NetNamespace netns = new NetNamespace(4026531840L, "blue");
    private final List<Owner> owners = new ArrayList<>();

    static Sockets socket() {
        return new Sockets();
    }

    Sockets local(String address, int port) {
        local = new Endpoint(address(address), port);
        return this;
    }

    Sockets peer(String address, int port) {
        peer = new Endpoint(address(address), port);
        return this;
    }

    Sockets device(@Nullable String name, int index) {
        local = new Endpoint(local.address(), local.port(), name);
        deviceIndex = index;
        return this;
    }

    Sockets state(TcpState newState) {
        return stateNumber(newState.number());
    }

    Sockets stateNumber(int number) {
        state = TcpState.of(number);
        stateNumber = number;
        return this;
    }

    Sockets cookie(long newCookie) {
        cookie = newCookie;
        return this;
    }

    Sockets queues(long receive, long send) {
        receiveQueue = receive;
        sendQueue = send;
        return this;
    }

    Sockets uid(int newUid) {
        uid = newUid;
        return this;
    }

    Sockets inode(long newInode) {
        inode = newInode;
        return this;
    }

    Sockets age(long millis, Age.Bound bound) {
        age = new Age(millis, Age.Source.SEEN, bound);
        return this;
    }

    Sockets details(int mark, @Nullable String cgroup) {
        details = new Details(mark, cgroup, null, null, null, false);
        return this;
    }

    Sockets v6only() {
        details = new Details(0, null, null, null, null, true);
        return this;
    }

    Sockets owner(int pid, String comm) {
        return owner(pid, comm, 1000, "alice", null);
    }

    Sockets owner(int pid, String comm, int ownerUid, String user, @Nullable String container) {
        owners.add(new Owner(
                new ProcessId(pid, 1),
                comm,
                comm,
                ownerUid,
                user,
                3,
                new Workload(null, container, null, null),
                pid,
                false));
        return this;
    }

    TcpSocket build() {
        SocketId id = new SocketId(local.address().family(), local, peer, deviceIndex, cookie);
        List<Owner> held = List.copyOf(owners);
        return new TcpSocket(
                id, state, stateNumber, receiveQueue, sendQueue, uid, inode, null, age, netns, held, details);
    }

    static IpAddress address(String text) {
        return requireNonNull(AddressText.parse(text), text);
    }
}
