package lastack.tuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.kernel.ProcSys;
import lastack.kernel.net.NetCounters;
import lastack.model.IpAddress;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.Timer;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import org.jspecify.annotations.Nullable;

/** Measures what the verdicts rest on, in the calling thread's network namespace. */
final class Survey {
    private static final int UNHEARD_FROM = 4;

    private record Pair(IpAddress local, IpAddress peer, int peerPort) {
        @Override
        public String toString() {
            return local + " -> " + (peer.toString().indexOf(':') < 0 ? peer : "[" + peer + "]") + ":" + peerPort;
        }
    }

    private static final class Use {
        private int all;
        private int timeWait;
    }

    private final Ports range;
    private final List<Ports> reserved;
    private final long somaxconn = ProcSys.number(Setting.SOMAXCONN.sysctl(), -1);
    private final Set<Integer> listening = new HashSet<>();
    private final List<String> exposed = new ArrayList<>();
    private final Map<Pair, Use> destinations = new HashMap<>();
    private int timeWait;
    private int finishing;
    private int waitingForFin;
    private int unheard;
    private int keepalives;
    private int capped;

    private Survey(Ports range, List<Ports> reserved) {
        this.range = range;
        this.reserved = reserved;
    }

    static HostFacts take() throws UnavailableException {
        try (SocketTable table = SocketTable.open()) {
            Survey survey = new Survey(range(), reserved());
            // Listeners first: what they accepted has their port, and takes none from connect().
            table.stream(query("state listening"), survey::addListener);
            table.stream(query("exclude listening"), survey::add);
            return survey.facts();
        } catch (IOException | FilterSyntaxException | InvalidSettingException e) {
            throw new UnavailableException("kernel settings", String.valueOf(e.getMessage()), "mount /proc");
        }
    }

    private static Query query(String filter) throws FilterSyntaxException {
        return Query.of(Filter.parse(filter)).withoutOwners();
    }

    private static Ports range() throws IOException, InvalidSettingException {
        Optional<String> value = LiveSettings.read(Setting.IP_LOCAL_PORT_RANGE);
        return Form.PortList.ports(value.orElse("32768 60999").replace(' ', '-'))
                .getFirst();
    }

    private static List<Ports> reserved() throws IOException, InvalidSettingException {
        return Form.PortList.ports(
                LiveSettings.read(Setting.IP_LOCAL_RESERVED_PORTS).orElse(""));
    }

    private void addListener(TcpSocket socket) {
        listening.add(socket.local().port());
        if (isEphemeral(socket.local().port())) {
            exposed.add(socket.local().toString());
        }
        capped += socket.sendQueue() >= somaxconn ? 1 : 0;
    }

    private boolean isEphemeral(int port) {
        return range.contains(port) && !Ports.isIn(port, reserved);
    }

    private void add(TcpSocket socket) {
        count(socket);
        Timer timer = socket.timer();
        if (timer != null) {
            keepalives += timer.kind() == Timer.Kind.KEEPALIVE && !socket.orphan() ? 1 : 0;
            unheard += timer.kind() == Timer.Kind.RETRANSMIT && timer.retransmits() >= UNHEARD_FROM ? 1 : 0;
        }
        int port = socket.local().port();
        if (isEphemeral(port) && !listening.contains(port) && socket.peer().port() != 0) {
            Use use = destinations.computeIfAbsent(pair(socket), pair -> new Use());
            use.all++;
            use.timeWait += socket.state() == TcpState.TIME_WAIT ? 1 : 0;
        }
    }

    private void count(TcpSocket socket) {
        boolean orphan = socket.orphan();
        switch (socket.state()) {
            case TIME_WAIT -> timeWait++;
            case FIN_WAIT_2 -> waitingForFin += orphan ? 1 : 0;
            case FIN_WAIT_1, CLOSING, LAST_ACK -> finishing += orphan ? 1 : 0;
            case ESTABLISHED,
                    SYN_SENT,
                    SYN_RECV,
                    NEW_SYN_RECV,
                    CLOSE_WAIT,
                    CLOSED,
                    LISTEN,
                    BOUND_INACTIVE,
                    UNKNOWN -> {}
        }
    }

    private static Pair pair(TcpSocket socket) {
        return new Pair(
                socket.local().address().unmapped(),
                socket.peer().address().unmapped(),
                socket.peer().port());
    }

    private HostFacts facts() {
        return new HostFacts(
                range.countWithout(reserved),
                busiest(),
                timeWait,
                finishing,
                waitingForFin,
                unheard,
                keepalives,
                List.copyOf(exposed),
                capped,
                ProcSys.number("net.netfilter.nf_conntrack_count", -1),
                ProcSys.number("net.netfilter.nf_conntrack_max", -1),
                NetCounters.read().byName());
    }

    private HostFacts.@Nullable Destination busiest() {
        return destinations.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().all))
                .map(entry -> new HostFacts.Destination(
                        entry.getKey().toString(), entry.getValue().all, entry.getValue().timeWait))
                .orElse(null);
    }
}
