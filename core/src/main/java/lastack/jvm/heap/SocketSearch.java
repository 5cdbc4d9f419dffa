package lastack.jvm.heap;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the objects that keep descriptors: first the JDK's {@code FileDescriptor}, then who refers to it as its {@code fd}. */
final class SocketSearch {
    static final String DESCRIPTOR = "java/io/FileDescriptor";
    static final String SOCKET_IMPL = "java/net/SocketImpl";
    static final String CHANNEL = "java/nio/channels/SelectableChannel";

    /** Netty is often packed under another name. */
    static final String NETTY = "io/netty/channel/unix/FileDescriptor";

    /** {@code NioSocketImpl.ST_CLOSING}; {@code ST_CLOSED} comes after it. */
    private static final int CLOSING = 4;

    private static final int NETTY_CLOSED = 1;
    private static final int BOOLEAN = 4;
    private static final int INT = 10;

    private final Types types;
    private final Set<Integer> wanted;

    /** Objects that keep a wanted descriptor, by their identifiers. */
    private final LongMap<Integer> descriptors = new LongMap<>();

    private final Map<Long, Socket> sockets = new HashMap<>();
    private final LongMap<Places> places = new LongMap<>();

    SocketSearch(Types types, Set<Integer> wanted) {
        this.types = types;
        this.wanted = new HashSet<>(wanted);
    }

    /** An object that keeps a descriptor. */
    record Socket(long id, long type, int fd) {}

    /** What is looked at in the objects of one class; -1 for what they do not have. */
    private record Places(int number, int descriptor, int closed, int state, int closedStates) {
        static final Places NONE = new Places(-1, -1, -1, -1, 0);
    }

    /** The first way through the dump. */
    DumpVisitor descriptors() {
        return new DumpVisitor() {
            @Override
            public void instance(long id, long type, DumpReader reader) {
                Places at = places(type);
                if (at.number() >= 0 && wanted.contains(reader.intAt(at.number()))) {
                    descriptors.put(id, reader.intAt(at.number()));
                }
            }
        };
    }

    /** The second. */
    DumpVisitor sockets() {
        return new DumpVisitor() {
            @Override
            public void instance(long id, long type, DumpReader reader) {
                Places at = places(type);
                Integer fd = at.descriptor() < 0
                        ? types.isA(type, NETTY) ? descriptors.get(id) : null
                        : descriptors.get(reader.idAt(at.descriptor()));
                if (fd != null && isLive(at, reader)) {
                    sockets.put(id, new Socket(id, type, fd));
                }
            }
        };
    }

    Map<Long, Socket> found() {
        return sockets;
    }

    private static boolean isLive(Places at, DumpReader reader) {
        if (at.closed() >= 0 && reader.byteAt(at.closed()) != 0) {
            return false;
        }
        int state = at.state() < 0 ? 0 : reader.intAt(at.state());
        return at.closedStates() == NETTY_CLOSED ? (state & NETTY_CLOSED) == 0 : state < at.closedStates();
    }

    private Places places(long type) {
        Places known = places.get(type);
        if (known == null) {
            known = look(type);
            places.put(type, known);
        }
        return known;
    }

    private Places look(long type) {
        if (types.isA(type, DESCRIPTOR) || types.isA(type, NETTY)) {
            int state = types.isA(type, NETTY) ? types.offset(type, "state", INT) : -1;
            return new Places(types.offset(type, "fd", INT), -1, -1, state, NETTY_CLOSED);
        }
        if (types.isA(type, CHANNEL)) {
            int closed = types.offset(type, "closed", BOOLEAN);
            return new Places(-1, types.offset(type, "fd", DumpType.OBJECT), closed, -1, CLOSING);
        }
        if (types.isA(type, SOCKET_IMPL)) {
            int state = types.offset(type, "state", INT);
            return new Places(-1, types.offset(type, "fd", DumpType.OBJECT), -1, state, CLOSING);
        }
        return Places.NONE;
    }
}
