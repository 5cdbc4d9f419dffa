package lastack.kernel.netlink;

import java.nio.ByteBuffer;

/**
 * A row of netlink attributes between two places of a buffer.
 *
 * <pre>
 * struct nlattr (linux/netlink.h), struct rtattr (linux/rtnetlink.h)
 *  0     2      4
 *  +-----+------+---------+----------
 *  | len | type | payload | padding     len with these 4 bytes; two bits of type are flags; padded to 4
 *  +-----+------+---------+----------
 * </pre>
 */
public record AttributeRow(ByteBuffer buffer, int start, int end) {
    private static final int HEADER = 4;
    private static final int TYPE_MASK = 0x3FFF;

    /** Where the payload of an attribute with at least that much in it begins, or -1; one that claims more than there is ends the row. */
    public int find(int type, int leastPayload) {
        int at = start;
        while (at + HEADER <= end) {
            int length = length(at);
            if (length < HEADER || length > end - at) {
                return -1;
            }
            if ((buffer.getShort(at + 2) & TYPE_MASK) == type) {
                return length - HEADER >= leastPayload ? at + HEADER : -1;
            }
            at += NetlinkMessage.align(length);
        }
        return -1;
    }

    /** How long the payload is that begins here. */
    public int payloadLength(int payload) {
        return length(payload - HEADER) - HEADER;
    }

    private int length(int at) {
        return buffer.getShort(at) & 0xFFFF;
    }
}
