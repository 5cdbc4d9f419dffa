package lastack.kernel.conntrack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.netlink.AttributeRow;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/** Netlink attributes whose numbers are in network order, as nfnetlink has them. */
record Attributes(AttributeRow row) {
    Attributes(ByteBuffer buffer, int start, int end) {
        this(new AttributeRow(buffer, start, end));
    }

    /** The attributes inside this one, or null when it is not there. */
    @Nullable
    Attributes nested(int type) {
        int at = find(type, 0);
        return at < 0 ? null : new Attributes(row.buffer(), at, at + row.payloadLength(at));
    }

    /** The number of 8 bits, or -1. */
    int u8(int type) {
        int at = find(type, 1);
        return at < 0 ? -1 : row.buffer().get(at) & 0xFF;
    }

    /** The number of 16 bits, or -1. */
    int u16(int type) {
        int at = find(type, 2);
        return at < 0 ? -1 : networkOrder().getShort(at) & 0xFFFF;
    }

    /** The number of 32 bits, or 0. */
    int u32(int type) {
        int at = find(type, 4);
        return at < 0 ? 0 : networkOrder().getInt(at);
    }

    /** The IPv4 address, or null. */
    @Nullable
    IpAddress v4(int type) {
        int at = find(type, 4);
        return at < 0 ? null : IpAddress.v4(networkOrder().getInt(at));
    }

    /** The IPv6 address, or null. */
    @Nullable
    IpAddress v6(int type) {
        int at = find(type, 16);
        return at < 0
                ? null
                : IpAddress.v6(networkOrder().getLong(at), networkOrder().getLong(at + 8));
    }

    private ByteBuffer networkOrder() {
        return row.buffer().duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    private int find(int type, int leastPayload) {
        return row.find(type, leastPayload);
    }
}
