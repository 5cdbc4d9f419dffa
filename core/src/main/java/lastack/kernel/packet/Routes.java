package lastack.kernel.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
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
 * Asks the kernel itself which way a packet would go ({@code RTM_GETROUTE}, rtnetlink(7)), with the ports and the mark, so that neither
 * rules nor several equal paths have to be understood here.
 *
 * <pre>
 * struct rtmsg (linux/rtnetlink.h), behind the 16 bytes of nlmsghdr; attributes follow
 *  0        1         2         3     4       5          6       7      8       12
 *  +--------+---------+---------+-----+-------+----------+-------+------+-------+-----------
 *  | family | dst_len | src_len | tos | table | protocol | scope | type | flags | rtattr ...
 *  +--------+---------+---------+-----+-------+----------+-------+------+-------+-----------
 * </pre>
 */
public final class Routes implements AutoCloseable {
    static final int RTM_NEWROUTE = 24;
    static final int RTM_GETROUTE = 26;
    static final int RTMSG = 12;
    static final int RTA_DST = 1;
    static final int RTA_SRC = 2;
    static final int RTA_IIF = 3;
    static final int RTA_OIF = 4;
    static final int RTA_MARK = 16;
    static final int RTA_IP_PROTO = 27;
    static final int RTA_SPORT = 28;
    static final int RTA_DPORT = 29;
    static final int RTN_UNICAST = 1;
    static final int RTN_LOCAL = 2;

    private static final int NETLINK_ROUTE = 0;
    private static final int IPPROTO_TCP = 6;
    private static final int BODY = NetlinkMessage.HEADER;
    private static final int REQUEST_BYTES = 160;
    private static final int RECEIVE_BYTES = 8 * 1024;

    private final NetlinkLink link;
    private final ByteBuffer received = Kernel.memory(RECEIVE_BYTES);
    private final NetlinkMessage message = new NetlinkMessage(received);
    private int sequence;

    /** Talks over an open link; it is closed with this. */
    public Routes(NetlinkLink link) {
        this.link = link;
    }

    /** Asks in the calling thread's network namespace; it takes no privilege. */
    public static Routes open() throws KernelException {
        return new Routes(NetlinkSocket.open(NETLINK_ROUTE, "NETLINK_ROUTE"));
    }

    /**
     * The way of packets this host sends itself.
     *
     * @param tuple its source is an address of this host, or no route is found
     * @param interfaceIndex the interface the sender is bound to, 0 for none
     * @param mark the sender's firewall mark, 0 for none
     * @return nothing when no route leads there
     */
    public Optional<Route> ofOwn(FourTuple tuple, int interfaceIndex, int mark) throws KernelException {
        return ask(tuple, RTA_OIF, interfaceIndex, mark);
    }

    /**
     * The way of packets that come in by an interface, to this host or through it.
     *
     * @param interfaceIndex the interface they come in by
     * @param mark the firewall mark they are given, 0 for none
     * @return nothing when they would be thrown away
     */
    public Optional<Route> ofIncoming(FourTuple tuple, int interfaceIndex, int mark) throws KernelException {
        return ask(tuple, RTA_IIF, interfaceIndex, mark);
    }

    private Optional<Route> ask(FourTuple tuple, int interfaceAttribute, int interfaceIndex, int mark)
            throws KernelException {
        ByteBuffer request = Kernel.memory(REQUEST_BYTES).position(BODY + RTMSG);
        putAddress(request, RTA_DST, tuple.destination());
        putAddress(request, RTA_SRC, tuple.source());
        putIfAny(request, interfaceAttribute, interfaceIndex);
        putIfAny(request, RTA_MARK, mark);
        request.putShort((short) 5).putShort((short) RTA_IP_PROTO).putInt(IPPROTO_TCP_FIRST);
        putPort(request, RTA_SPORT, tuple.sourcePort());
        putPort(request, RTA_DPORT, tuple.destinationPort());
        link.send(withHeader(request.flip(), tuple.family()));
        return answer(tuple);
    }

    /** One byte with its padding, as four bytes in either byte order. */
    private static final int IPPROTO_TCP_FIRST =
            ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? IPPROTO_TCP : IPPROTO_TCP << 24;

    private ByteBuffer withHeader(ByteBuffer request, Family family) {
        int bits = family == Family.INET ? 32 : 128;
        return request.putInt(0, request.limit())
                .putShort(4, (short) RTM_GETROUTE)
                .putShort(6, (short) NetlinkMessage.NLM_F_REQUEST)
                .putInt(8, ++sequence)
                .put(BODY, (byte) family.number())
                .put(BODY + 1, (byte) bits)
                .put(BODY + 2, (byte) bits);
    }

    private static void putAddress(ByteBuffer request, int type, IpAddress address) {
        boolean v4 = address.family() == Family.INET;
        request.putShort((short) (v4 ? 8 : 20)).putShort((short) type).order(ByteOrder.BIG_ENDIAN);
        if (v4) {
            request.putInt((int) address.low());
        } else {
            request.putLong(address.high()).putLong(address.low());
        }
        request.order(ByteOrder.nativeOrder());
    }

    private static void putIfAny(ByteBuffer request, int type, int number) {
        if (number != 0) {
            request.putShort((short) 8).putShort((short) type).putInt(number);
        }
    }

    private static void putPort(ByteBuffer request, int type, int port) {
        request.putShort((short) 6).putShort((short) type).order(ByteOrder.BIG_ENDIAN);
        request.putShort((short) port).putShort((short) 0).order(ByteOrder.nativeOrder());
    }

    private Optional<Route> answer(FourTuple tuple) throws KernelException {
        while (true) {
            message.rewind();
            link.receive(received);
            while (message.next()) {
                if (message.sequence() == sequence && message.isError()) {
                    throwUnlessUnreachable(tuple, message.error());
                    return Optional.empty();
                }
                if (message.sequence() == sequence && message.type() == RTM_NEWROUTE) {
                    return route();
                }
            }
        }
    }

    private static void throwUnlessUnreachable(FourTuple tuple, Errno error) throws KernelException {
        if (!error.equals(Errno.ENETUNREACH) && !error.equals(Errno.EHOSTUNREACH) && !error.equals(Errno.ENETDOWN)) {
            throw new KernelException("look up the route", tuple.toString(), error);
        }
    }

    /** Nothing also for a route that throws packets away (blackhole, prohibit), which names no interface. */
    private Optional<Route> route() {
        int start = message.payload() + RTMSG;
        if (start > message.end()) {
            return Optional.empty();
        }
        int type = received.get(message.payload() + 7) & 0xFF;
        int out = new AttributeRow(received, start, message.end()).find(RTA_OIF, 4);
        boolean leadsSomewhere = out >= 0 && (type == RTN_UNICAST || type == RTN_LOCAL);
        return leadsSomewhere ? Optional.of(new Route(received.getInt(out), type == RTN_LOCAL)) : Optional.empty();
    }

    @Override
    public void close() {
        link.close();
    }
}
