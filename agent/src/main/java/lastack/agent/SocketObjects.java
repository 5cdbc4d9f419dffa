package lastack.agent;

import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.Channel;
import java.nio.channels.SelectableChannel;

/** Which objects stand for sockets: the JDK's of every version since 8, and Netty's native ones. */
final class SocketObjects {
    private static final String NETTY_DESCRIPTOR = "io.netty.channel.unix.FileDescriptor";
    private static final String NETTY_CHANNEL = "io.netty.channel.Channel";
    private static final String NIO_SOCKET = "sun.nio.ch.NioSocketImpl";

    /** {@code NioSocketImpl.ST_CLOSING}, since Java 13; {@code ST_CLOSED} comes after it. */
    private static final int CLOSING = 4;

    /** {@code FileDescriptor.STATE_CLOSED_MASK} of Netty. */
    private static final int NETTY_CLOSED = 1;

    private SocketObjects() {}

    /** Whether the JDK or Netty keeps a socket's descriptor in objects of this class; Netty is often packed under another name. */
    static boolean isInner(Class<?> type) {
        return SocketImpl.class.isAssignableFrom(type)
                || SelectableChannel.class.isAssignableFrom(type)
                || isOrExtends(type, NETTY_DESCRIPTOR);
    }

    /** The descriptor's number in such an object, or -1. */
    static int number(Object inner, Memory memory) {
        Object descriptor = memory.field(inner, "fd");
        return (int) memory.number(descriptor == null ? inner : descriptor, "fd", -1);
    }

    /** What a program calls its socket. */
    static boolean isFacing(Object object) {
        return object instanceof Socket
                || object instanceof ServerSocket
                || object instanceof SelectableChannel
                || isNettyChannel(object);
    }

    /** Netty's channels are to be closed by Netty, on their own event loop. */
    static boolean isNettyChannel(Object object) {
        return implementsNamed(object.getClass(), NETTY_CHANNEL);
    }

    /** Whether it is open as far as Java knows; a closed one keeps the number of a descriptor that is another's by now. */
    static boolean isLive(Object inner, Memory memory) {
        if (inner instanceof SelectableChannel) {
            return ((Channel) inner).isOpen() || ((SelectableChannel) inner).isRegistered();
        }
        if (isNamed(inner.getClass(), NIO_SOCKET)) {
            return memory.number(inner, "state", 0) < CLOSING;
        }
        return !isOrExtends(inner.getClass(), NETTY_DESCRIPTOR)
                || (memory.number(inner, "state", 0) & NETTY_CLOSED) == 0;
    }

    private static boolean isOrExtends(Class<?> type, String name) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            if (isNamed(above, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean implementsNamed(Class<?> type, String name) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            for (Class<?> one : above.getInterfaces()) {
                if (isNamed(one, name) || implementsNamed(one, name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isNamed(Class<?> type, String name) {
        return type.getName().equals(name) || type.getName().endsWith('.' + name);
    }
}
