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

    /** Predicates of one word. */
    enum Flag implements SocketTest {
        ORPHAN,
        UNACCEPTED,
        V4MAPPED;

        @Override
        public Truth of(SocketView socket) {
            return Truth.of(
                    switch (this) {
                        case ORPHAN -> socket.orphan();
                        case UNACCEPTED -> socket.unaccepted();
                        case V4MAPPED -> socket.v4mapped();
                    });
        }
    }
}
