package lastack.kernel.packet;

import static lastack.kernel.BpfProgram.JUMP_IF_ANY_BIT;
import static lastack.kernel.BpfProgram.JUMP_IF_EQUAL;
import static lastack.kernel.BpfProgram.LOAD_BYTE;
import static lastack.kernel.BpfProgram.LOAD_HALF;
import static lastack.kernel.BpfProgram.LOAD_INDEXED_HALF;
import static lastack.kernel.BpfProgram.LOAD_V4_HEADER_LENGTH;
import static lastack.kernel.BpfProgram.LOAD_WORD;
import static lastack.kernel.BpfProgram.RETURN;

import lastack.kernel.BpfProgram;
import lastack.model.Family;
import lastack.model.IpAddress;

/** A program that lets through one direction of one connection, and nothing else. */
final class PacketFilter {
    /** {@code SKF_AD_OFF}: what the kernel knows of the packet beside its bytes. */
    static final int PROTOCOL_OF_FRAME = -0x1000;

    static final int PACKET_TYPE = -0x1000 + 4;
    static final int PACKET_OUTGOING = 4;

    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86DD;
    private static final int IPPROTO_TCP = 6;
    private static final int WHOLE_PACKET = 0xFFFF;

    private final BpfProgram program = new BpfProgram();

    private PacketFilter() {}

    /** The program. */
    static BpfProgram of(FourTuple tuple, PacketSocket.Direction direction) {
        PacketFilter filter = new PacketFilter();
        filter.requireDirection(direction);
        if (tuple.family() == Family.INET) {
            filter.requireV4(tuple);
        } else {
            filter.requireV6(tuple);
        }
        filter.program.add(RETURN, 0, 0, WHOLE_PACKET);
        return filter.program;
    }

    private void requireDirection(PacketSocket.Direction direction) {
        program.add(LOAD_WORD, 0, 0, PACKET_TYPE);
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
        program.add(LOAD_HALF, 0, 0, 6);
        refuse(JUMP_IF_ANY_BIT, 0x1FFF);
        program.add(LOAD_V4_HEADER_LENGTH, 0, 0, 0);
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
        program.add(load, 0, 0, at);
        require(value);
    }

    private void require(int value) {
        program.add(JUMP_IF_EQUAL, 1, 0, value);
        program.add(RETURN, 0, 0, 0);
    }

    private void refuse(int test, int value) {
        program.add(test, 0, 1, value);
        program.add(RETURN, 0, 0, 0);
    }
}
