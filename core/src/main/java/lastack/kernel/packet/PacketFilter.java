package lastack.kernel.packet;

import java.nio.ByteBuffer;
import lastack.kernel.Kernel;
import lastack.model.Family;
import lastack.model.IpAddress;

/**
 * A classic BPF program that lets through one direction of one connection, and nothing else.
 *
 * <pre>
 * struct sock_filter (linux/filter.h)         struct sock_fprog: u16 len, 6 bytes of padding, pointer
 *  0      2    3    4     8
 *  +------+----+----+-----+
 *  | code | jt | jf | k   |
 *  +------+----+----+-----+
 * </pre>
 */
final class PacketFilter {
    static final int INSTRUCTION = 8;

    static final int LOAD_WORD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    static final int LOAD_HALF = 0x28; // BPF_LD | BPF_H | BPF_ABS
    static final int LOAD_BYTE = 0x30; // BPF_LD | BPF_B | BPF_ABS
    static final int LOAD_INDEXED_HALF = 0x48; // BPF_LD | BPF_H | BPF_IND
    static final int LOAD_V4_HEADER_LENGTH = 0xB1; // BPF_LDX | BPF_B | BPF_MSH
    static final int JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    static final int JUMP_IF_ANY_BIT = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    static final int RETURN = 0x06; // BPF_RET | BPF_K

    /** {@code SKF_AD_OFF}: what the kernel knows of the packet beside its bytes. */
    static final int PROTOCOL_OF_FRAME = -0x1000;

    static final int PACKET_TYPE = -0x1000 + 4;
    static final int PACKET_OUTGOING = 4;

    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86DD;
    private static final int IPPROTO_TCP = 6;
    private static final int WHOLE_PACKET = 0xFFFF;
    private static final int MOST_INSTRUCTIONS = 40;

    private final ByteBuffer program = Kernel.memory(MOST_INSTRUCTIONS * INSTRUCTION);

    private PacketFilter() {}

    /** The program, from position 0 to limit. */
    static ByteBuffer of(FourTuple tuple, PacketSocket.Direction direction) {
        PacketFilter filter = new PacketFilter();
        filter.requireDirection(direction);
        if (tuple.family() == Family.INET) {
            filter.requireV4(tuple);
        } else {
            filter.requireV6(tuple);
        }
        filter.add(RETURN, 0, 0, WHOLE_PACKET);
        return filter.program.flip();
    }

    private void requireDirection(PacketSocket.Direction direction) {
        add(LOAD_WORD, 0, 0, PACKET_TYPE);
        switch (direction) {
            case SENT -> require(PACKET_OUTGOING);
            case RECEIVED -> refuse(JUMP_IF_EQUAL, PACKET_OUTGOING);
        }
    }

    private void requireV4(FourTuple tuple) {
        require(LOAD_HALF, PROTOCOL_OF_FRAME, ETH_P_IP);
        require(LOAD_BYTE, 9, IPPROTO_TCP);
        require(LOAD_WORD, 12, (int) tuple.source().low());
        require(LOAD_WORD, 16, (int) tuple.destination().low());
        add(LOAD_HALF, 0, 0, 6);
        refuse(JUMP_IF_ANY_BIT, 0x1FFF);
        add(LOAD_V4_HEADER_LENGTH, 0, 0, 0);
        require(LOAD_INDEXED_HALF, 0, tuple.sourcePort());
        require(LOAD_INDEXED_HALF, 2, tuple.destinationPort());
    }

    private void requireV6(FourTuple tuple) {
        require(LOAD_HALF, PROTOCOL_OF_FRAME, ETH_P_IPV6);
        require(LOAD_BYTE, 6, IPPROTO_TCP);
        requireAddress(8, tuple.source());
        requireAddress(24, tuple.destination());
        require(LOAD_HALF, 40, tuple.sourcePort());
        require(LOAD_HALF, 42, tuple.destinationPort());
    }

    private void requireAddress(int at, IpAddress address) {
        require(LOAD_WORD, at, (int) (address.high() >>> 32));
        require(LOAD_WORD, at + 4, (int) address.high());
        require(LOAD_WORD, at + 8, (int) (address.low() >>> 32));
        require(LOAD_WORD, at + 12, (int) address.low());
    }

    /** Goes on only when what is loaded has this value. */
    private void require(int load, int at, int value) {
        add(load, 0, 0, at);
        require(value);
    }

    private void require(int value) {
        add(JUMP_IF_EQUAL, 1, 0, value);
        add(RETURN, 0, 0, 0);
    }

    private void refuse(int test, int value) {
        add(test, 0, 1, value);
        add(RETURN, 0, 0, 0);
    }

    private void add(int code, int whenTrue, int whenFalse, int constant) {
        program.putShort((short) code)
                .put((byte) whenTrue)
                .put((byte) whenFalse)
                .putInt(constant);
    }
}
