package lastack.kernel.netlink;

import java.nio.ByteBuffer;
import lastack.kernel.Errno;

/**
 * The header of a netlink message, read in place over the receive buffer.
 *
 * <pre>
 * struct nlmsghdr (linux/netlink.h)
 *  0        4      6       8      12     16
 *  +--------+------+-------+------+------+---------
 *  | len    | type | flags | seq  | pid  | payload
 *  +--------+------+-------+------+------+---------
 * </pre>
 */
public final class NetlinkMessage {
    /** Bytes of {@code struct nlmsghdr}. */
    public static final int HEADER = 16;

    public static final int NLM_F_REQUEST = 0x1;
    public static final int NLM_F_ACK = 0x4;
    public static final int NLM_F_DUMP = 0x300;
    public static final int NLM_F_DUMP_INTR = 0x10;

    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;

    private final ByteBuffer buffer;
    private int start;
    private int end;

    /** A reader that stands before the first message of the datagram in the buffer (position 0 to limit). */
    public NetlinkMessage(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Moves to the next whole message.
     *
     * @return false at the end of the datagram, also when what is left is too short or claims more than there is
     */
    public boolean next() {
        start = align(end);
        if (start + HEADER > buffer.limit()) {
            return false;
        }
        int length = buffer.getInt(start);
        if (length < HEADER || length > buffer.limit() - start) {
            return false;
        }
        end = start + length;
        return true;
    }

    /** Goes back before the first message, after a new datagram was received. */
    public void rewind() {
        start = 0;
        end = 0;
    }

    /** The message's type. */
    public int type() {
        return buffer.getShort(start + 4) & 0xFFFF;
    }

    /** The sequence number of the request it answers. */
    public int sequence() {
        return buffer.getInt(start + 8);
    }

    /** Whether it ends a dump. */
    public boolean isDone() {
        return type() == NLMSG_DONE;
    }

    /** Whether it is an error or an acknowledgement (error 0). */
    public boolean isError() {
        return type() == NLMSG_ERROR;
    }

    /** Whether the kernel says that the tables changed while it was dumping them. */
    public boolean isInterrupted() {
        return (buffer.getShort(start + 6) & NLM_F_DUMP_INTR) != 0;
    }

    /** The error number of an error message, or of the end of a dump that failed half-way; 0 for success. */
    public Errno error() {
        return payloadLength() < 4 ? Errno.NONE : new Errno(-buffer.getInt(payload()));
    }

    /** Where the payload begins in the buffer. */
    public int payload() {
        return start + HEADER;
    }

    /** Where the message ends in the buffer. */
    public int end() {
        return end;
    }

    private int payloadLength() {
        return end - payload();
    }

    /** Rounds up to the four bytes every header and attribute is aligned to. */
    public static int align(int length) {
        return (length + 3) & ~3;
    }
}
