package lastack.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.netlink.NetlinkLink;

/** Answers every request for a list with the same sockets in CLOSE-WAIT, as the kernel packs them: so many to a datagram. */
public final class Kernelfuls implements NetlinkLink {
    /** How many sockets a list has. */
    public static final int SOCKETS = 7 * 80;

    private static final int IN_A_DATAGRAM = 80;
    private static final int HEADER = 16;
    private static final int MESSAGE = 72;
    private static final int INFO = 4 + 280;
    private static final int LENGTH = HEADER + MESSAGE + INFO;
    private static final short NLMSG_DONE = 3;

    private final ByteBuffer datagram =
            ByteBuffer.allocate(IN_A_DATAGRAM * LENGTH).order(ByteOrder.nativeOrder());
    private int sequence;
    private int left;

    /** Packs the datagram. */
    public Kernelfuls() {
        for (int i = 0; i < IN_A_DATAGRAM; i++) {
            pack(i * LENGTH, i);
        }
    }

    private void pack(int at, int number) {
        datagram.putInt(at, LENGTH).putShort(at + 4, (short) 20);
        int message = at + HEADER;
        datagram.put(message, (byte) 2).put(message + 1, (byte) 8);
        datagram.order(ByteOrder.BIG_ENDIAN)
                .putShort(message + 4, (short) 8080)
                .putShort(message + 6, (short) (32_768 + 7 * number))
                .putInt(message + 8, 0x7F00_0001)
                .putInt(message + 24, 0x7F03_0211)
                .order(ByteOrder.nativeOrder());
        datagram.putInt(message + 44, 0x1000 + number).putInt(message + 56, 1).putInt(message + 68, 1_000_000 + number);
        datagram.putShort(message + MESSAGE, (short) INFO).putShort(message + MESSAGE + 2, (short) 2);
        datagram.putInt(message + MESSAGE + 4 + 56, 100 * number);
    }

    @Override
    public void send(ByteBuffer request) {
        sequence = request.getInt(8);
        left = SOCKETS / IN_A_DATAGRAM;
        for (int i = 0; i < IN_A_DATAGRAM; i++) {
            datagram.putInt(i * LENGTH + 8, sequence);
        }
    }

    @Override
    public void receive(ByteBuffer into) {
        into.clear();
        if (left-- > 0) {
            into.put(0, datagram, 0, datagram.capacity()).limit(datagram.capacity());
        } else {
            into.putInt(0, HEADER + 4)
                    .putShort(4, NLMSG_DONE)
                    .putInt(8, sequence)
                    .putInt(HEADER, 0)
                    .limit(HEADER + 4);
        }
    }

    @Override
    public void close() {
        left = 0;
    }
}
