package lastack.kernel.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.netlink.AttributeRow;
import lastack.kernel.netlink.NetlinkLink;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.kernel.netlink.NetlinkSocket;
import lastack.model.Family;
import lastack.model.IpAddress;

/**
 * Asks the kernel for the next machine on the way to an address, and for its hardware address, which packets that go past IP need.
 *
 * <pre>
 * struct ndmsg (linux/neighbour.h), behind the 16 bytes of nlmsghdr; attributes follow
 *  0        1     4         8       10      11     12
 *  +--------+-----+---------+-------+-------+------+-----------
 *  | family | pad | ifindex | state | flags | type | rtattr ...
 *  +--------+-----+---------+-------+-------+------+-----------
 * </pre>
 *
 * The layout of a route is in {@link Routes}.
 */
public final class NextHops implements AutoCloseable {
    static final int NDMSG = 12;
    static final int RTM_NEWNEIGH = 28;
    static final int RTM_GETNEIGH = 30;
    static final int RTA_GATEWAY = 5;
    static final int NDA_DST = 1;
    static final int NDA_LLADDR = 2;
    static final int NTF_USE = 1;
    static final int NUD_INCOMPLETE = 0x01;
    static final int NUD_FAILED = 0x20;

    private static final int NO_ROUTE = -1;
    private static final int NETLINK_ROUTE = 0;
    private static final int NLM_F_CREATE = 0x400;
    private static final int BODY = NetlinkMessage.HEADER;
    private static final int BYTES = 8 * 1024;
    /** The kernel asks three times, a second apart; a machine that is there answers the first. */
    private static final int LOOKS = 50;

    /** As much as {@code sockaddr_ll} has room for. */
    private static final int LONGEST_ADDRESS = 8;

    private static final long PAUSE_NANOS = 20_000_000;

    private final NetlinkLink link;
    private final ByteBuffer received = Kernel.memory(BYTES);
    private final NetlinkMessage message = new NetlinkMessage(received);
    private int sequence;

    /** Talks over an open link; it is closed with this. */
    NextHops(NetlinkLink link) {
        this.link = link;
    }

    /** Asks in the calling thread's network namespace. */
    public static NextHops open() throws KernelException {
        return new NextHops(NetlinkSocket.open(NETLINK_ROUTE, "NETLINK_ROUTE"));
    }

    /** The next hop on the way to an address; may wait a second for a machine that has not been spoken to for long. */
    public NextHop towards(IpAddress destination) throws KernelException {
        return switch (routeType(destination)) {
            case Routes.RTN_LOCAL -> new NextHop.ThisHost();
            case Routes.RTN_UNICAST -> alongTheRoute(destination);
            default -> new NextHop.Nobody();
        };
    }

    private NextHop alongTheRoute(IpAddress destination) throws KernelException {
        AttributeRow row = new AttributeRow(received, message.payload() + Routes.RTMSG, message.end());
        int out = row.find(Routes.RTA_OIF, 4);
        if (out < 0) {
            return new NextHop.Nobody();
        }
        int gateway = row.find(RTA_GATEWAY, bits(destination.family()) / 8);
        return neighbour(received.getInt(out), gateway < 0 ? destination : address(destination.family(), gateway));
    }

    /** Whether an address is one of this host's own; nobody is asked but the kernel. */
    public boolean leadsHere(IpAddress destination) throws KernelException {
        return routeType(destination) == Routes.RTN_LOCAL;
    }

    /** Asks for the route; -1 when there is none. */
    private int routeType(IpAddress destination) throws KernelException {
        ByteBuffer request = body(Routes.RTMSG, destination);
        request.put(BODY + 1, (byte) bits(destination.family()));
        return answered(request, Routes.RTM_GETROUTE, 0) ? received.get(message.payload() + 7) & 0xFF : NO_ROUTE;
    }

    private static int bits(Family family) {
        return family == Family.INET ? 32 : 128;
    }

    private IpAddress address(Family family, int at) {
        ByteBuffer networkOrder = received.duplicate().order(ByteOrder.BIG_ENDIAN);
        return family == Family.INET
                ? IpAddress.v4(networkOrder.getInt(at))
                : IpAddress.v6(networkOrder.getLong(at), networkOrder.getLong(at + 8));
    }

    private NextHop neighbour(int interfaceIndex, IpAddress address) throws KernelException {
        NextHop known = known(interfaceIndex, address);
        if (known instanceof NextHop.Nobody) {
            resolve(interfaceIndex, address);
        }
        for (int look = 0; known instanceof NextHop.Nobody && look < LOOKS; look++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            known = known(interfaceIndex, address);
        }
        return known;
    }

    /** The neighbour as far as the kernel knows it by now (Linux 5.0). */
    private NextHop known(int interfaceIndex, IpAddress address) throws KernelException {
        if (!answered(neighbourRequest(interfaceIndex, address), RTM_GETNEIGH, 0)) {
            return new NextHop.Nobody();
        }
        int state = received.getShort(message.payload() + 8);
        if (state == 0 || (state & (NUD_INCOMPLETE | NUD_FAILED)) != 0) {
            return new NextHop.Nobody();
        }
        AttributeRow row = new AttributeRow(received, message.payload() + NDMSG, message.end());
        int at = row.find(NDA_LLADDR, 0);
        int bytes = at < 0 ? 0 : row.payloadLength(at);
        if (bytes > LONGEST_ADDRESS) {
            String neighbour = address + ", whose hardware address has " + bytes + " bytes (InfiniBand?)";
            throw new KernelException("reach", neighbour, Errno.EOPNOTSUPP);
        }
        long hardware = 0;
        for (int i = 0; i < bytes; i++) {
            hardware = hardware << 8 | (received.get(at + i) & 0xFF);
        }
        return new NextHop.Neighbour(interfaceIndex, hardware, bytes);
    }

    /** Makes the kernel ask for it, as if it had a packet to send ({@code CAP_NET_ADMIN}). */
    private void resolve(int interfaceIndex, IpAddress address) throws KernelException {
        ByteBuffer request = neighbourRequest(interfaceIndex, address).put(BODY + 10, (byte) NTF_USE);
        answered(request, RTM_NEWNEIGH, NLM_F_CREATE | NetlinkMessage.NLM_F_ACK);
    }

    private static ByteBuffer neighbourRequest(int interfaceIndex, IpAddress address) {
        return body(NDMSG, address).putInt(BODY + 4, interfaceIndex);
    }

    /** A fixed part of zeros but for the family, and the address behind it: {@code RTA_DST} and {@code NDA_DST} are both 1. */
    private static ByteBuffer body(int fixed, IpAddress address) {
        boolean v4 = address.family() == Family.INET;
        ByteBuffer request = Kernel.memory(128).position(BODY + fixed);
        request.putShort((short) (v4 ? 8 : 20)).putShort((short) NDA_DST).order(ByteOrder.BIG_ENDIAN);
        if (v4) {
            request.putInt((int) address.low());
        } else {
            request.putLong(address.high()).putLong(address.low());
        }
        return request.flip().order(ByteOrder.nativeOrder()).put(BODY, (byte)
                address.family().number());
    }

    /** Sends and receives; false when the answer is an error number, or only an acknowledgement. */
    private boolean answered(ByteBuffer request, int type, int flags) throws KernelException {
        request.putInt(0, request.limit())
                .putShort(4, (short) type)
                .putShort(6, (short) (flags | NetlinkMessage.NLM_F_REQUEST))
                .putInt(8, ++sequence);
        link.send(request);
        do {
            message.rewind();
            received.limit(0);
            link.receive(received);
        } while (!message.next() || message.sequence() != sequence);
        if (message.isError() && message.error().equals(Errno.EPERM)) {
            throw new KernelException("look for a neighbour", "NETLINK_ROUTE", Errno.EPERM);
        }
        return !message.isError();
    }

    @Override
    public void close() {
        link.close();
    }
}
