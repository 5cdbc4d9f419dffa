package lastack.filter;

import java.util.List;
import lastack.model.Age;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.SocketView;

/** One predicate that needs nothing but the socket. */
sealed interface SocketTest {
    Truth of(SocketView socket);

    /** What must be known of the socket. */
    default Known needs(SocketView socket) {
        Known localPort = socket.local().port() == 0 ? Known.SOCKET : Known.ENDS;
        return switch (this) {
            case At at -> at.port() < 0 || at.side() == Side.PEER ? Known.ENDS : localPort;
            case Numbered numbered ->
                switch (numbered.number()) {
                    case PEER_PORT -> Known.ENDS;
                    case LOCAL_PORT -> localPort;
                    case COOKIE -> Known.PLACE;
                    case RECEIVE_QUEUE, SEND_QUEUE, INODE -> Known.SOCKET;
                };
            case LocalPortIn _ -> localPort;
            case OfFamily _, Aged _, Entered _ -> Known.ENDS;
            case Flag flag -> flag == Flag.V4MAPPED ? Known.ENDS : Known.SOCKET;
            case InNamespace _ -> Known.PLACE;
            case BoundToDevice _, OnInterface _, Marked _, InCgroup _ -> Known.SOCKET;
        };
    }

    /**
     * {@code src} and {@code dst}.
     *
     * @param hosts one of them must match; empty for any address
     * @param port -1 for any
     */
    record At(Side side, List<Prefix> hosts, int port) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            Endpoint end = side.of(socket);
            return Truth.of((port < 0 || port == end.port()) && hostMatches(end.address()));
        }

        private boolean hostMatches(IpAddress address) {
            for (int i = 0; i < hosts.size(); i++) {
                if (hosts.get(i).contains(address)) {
                    return true;
                }
            }
            return hosts.isEmpty();
        }
    }

    /** A number of the socket compared with another. */
    record Numbered(SocketNumber number, Comparison comparison, long value) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            return Truth.of(comparison.holds(number.of(socket), value));
        }
    }

    /** {@code autobound}: the local port is one the kernel gives out by itself. */
    record LocalPortIn(PortRange range) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            return Truth.of(range.contains(socket.local().port()));
        }
    }

    /** {@code inet:} and {@code inet6:}; a v4-mapped socket is of the family {@code inet6}, as in ss. */
    record OfFamily(Family family) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            return Truth.of(socket.id().family() == family);
        }
    }

    /**
     * {@code dev}: the interface the socket is bound to; unknown when the name is asked for and only the index is there.
     *
     * @param index the word as a number, or -1
     */
    record BoundToDevice(String name, long index) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            int bound = socket.id().deviceIndex();
            String device = socket.local().device();
            if (bound == index || name.equals(device)) {
                return Truth.YES;
            }
            boolean nameless = device == null && bound != 0;
            return nameless && index < 0 ? Truth.UNKNOWN : Truth.NO;
        }
    }

    /**
     * {@code on}: the local address is one of the interface's, or the socket is bound to it; unknown in another network
     * namespace than the one the interface was looked up in.
     */
    record OnInterface(LocalInterface device) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            if (socket.netns().inode() != device.netns()) {
                return Truth.UNKNOWN;
            }
            if (socket.id().deviceIndex() == 0) {
                return Truth.of(
                        device.addresses().contains(socket.local().address().unmapped()));
            }
            String bound = socket.local().device();
            return bound == null ? Truth.UNKNOWN : Truth.of(bound.equals(device.name()));
        }
    }

    /** {@code fwmark}: the bits of the mark that are in the mask. */
    record Marked(int mark, int mask) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            return Truth.of((socket.mark() & mask) == mark);
        }
    }

    /** {@code cgroup}: exactly this one; a socket of which the kernel tells none, as in TIME-WAIT, is in no cgroup. */
    record InCgroup(String path) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            return Truth.of(path.equals(socket.cgroup()));
        }
    }

    /**
     * {@code netns}, by name or by inode.
     *
     * @param inode the word as a number, or -1
     */
    record InNamespace(String name, long inode) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            return Truth.of(socket.netns().inode() == inode
                    || name.equals(socket.netns().name()));
        }
    }

    /** {@code age}: holds only if it surely does, whatever the true age within what is known of it. */
    record Aged(Comparison comparison, long millis) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            Age age = socket.age();
            if (age == null) {
                return Truth.UNKNOWN;
            }
            return switch (age.bound()) {
                case EXACT -> Truth.of(comparison.holds(age.millis(), millis));
                case AT_LEAST -> comparison.holds(age.millis(), Long.MAX_VALUE, millis);
                case AT_MOST -> comparison.holds(0, age.millis(), millis);
            };
        }
    }

    /**
     * {@code entered}: when the state began, in time since boot. What enters it later never matches {@code entered <= now}, however
     * late that is asked: with the age it would once it is old enough.
     */
    record Entered(Comparison comparison, long millis, Uptime uptime) implements SocketTest {
        @Override
        public Truth of(SocketView socket) {
            return new Aged(comparison.mirrored(), uptime.nowMillis() - millis).of(socket);
        }
    }

    /** Predicates of one word. */
    enum Flag implements SocketTest {
        ORPHAN,
        UNACCEPTED,
        V4MAPPED,
        V6ONLY;

        @Override
        public Truth of(SocketView socket) {
            return Truth.of(
                    switch (this) {
                        case ORPHAN -> socket.orphan();
                        case UNACCEPTED -> socket.unaccepted();
                        case V4MAPPED -> socket.v4mapped();
                        case V6ONLY -> socket.details().v6only();
                    });
        }
    }
}
