package lastack.kernel.conntrack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A row of netlink attributes between two places of a buffer; numbers inside are in network order, as nfnetlink has them.
 *
 * <pre>
 * struct nlattr (linux/netlink.h): u16 len (with these 4 bytes), u16 type (two bits of it flags), payload, padded to 4
 * </pre>
 */
record Attributes(ByteBuffer buffer, int start, int end) {
    private static final int HEADER = 4;
    private static final int TYPE_MASK = 0x3FFF;

    /** The attributes inside this one, or null when it is not there. */
    @Nullable
    Attributes nested(int type) {
        int at = find(type, 0);
        return at < 0 ? null : new Attributes(buffer, at + HEADER, at + length(at));
    }

    /** The number of 8 bits, or -1. */
    int u8(int type) {
        int at = find(type, 1);
        return at < 0 ? -1 : buffer.get(at + HEADER) & 0xFF;
    }

    /** The number of 16 bits, or -1. */
    int u16(int type) {
        int at = find(type, 2);
        return at < 0 ? -1 : networkOrder().getShort(at + HEADER) & 0xFFFF;
    }

    /** The number of 32 bits, or 0. */
    int u32(int type) {
        int at = find(type, 4);
        return at < 0 ? 0 : networkOrder().getInt(at + HEADER);
    }

    /** The IPv4 address, or null. */
    @Nullable
    IpAddress v4(int type) {
        int at = find(type, 4);
        return at < 0 ? null : IpAddress.v4(networkOrder().getInt(at + HEADER));
    }

    /** The IPv6 address, or null. */
    @Nullable
    IpAddress v6(int type) {
        int at = find(type, 16);
        return at < 0
                ? null
                : IpAddress.v6(
                        networkOrder().getLong(at + HEADER), networkOrder().getLong(at + HEADER + 8));
    }

    private ByteBuffer networkOrder() {
        return buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    /** Where an attribute with at least that much in it begins, or -1; one that claims more than there is ends the row. */
    private int find(int type, int leastPayload) {
        int at = start;
        while (at + HEADER <= end) {
            int length = length(at);
            if (length < HEADER || length > end - at) {
                return -1;
            }
            if ((buffer.getShort(at + 2) & TYPE_MASK) == type) {
                return length - HEADER >= leastPayload ? at : -1;
            }
            at += NetlinkMessage.align(length);
        }
        return -1;
    }

    private int length(int at) {
        return buffer.getShort(at) & 0xFFFF;
    }
}
