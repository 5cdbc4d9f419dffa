package lastack.kernel.diag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.Narrowing;

/**
 * A program for {@code INET_DIAG_REQ_BYTECODE}, which the kernel runs over each socket of a dump ({@code inet_diag_bc_run}).
 *
 * <pre>
 * struct inet_diag_bc_op (linux/inet_diag.h)      struct inet_diag_hostcond       struct inet_diag_markcond
 *  0      1     2      4                           0        1            4      8   0      4
 *  +------+-----+------+--------- operand ---      +--------+------------+------+-- +------+------+
 *  | code | yes | no   |                           | family | prefix_len | port |   | mark | mask |
 *  +------+-----+------+---------                  +--------+------------+------+-- +------+------+
 *
 * yes, no: how many bytes to go on. A socket is wanted that comes exactly to the end; four bytes behind it lies the refusal.
 * </pre>
 *
 * <p>A part that fails goes to its own refusal, until it is put together with others; ss's {@code ssfilter_bytecompile} does the same.
 */
final class Bytecode {
    /** A dump with a longer program is not worth it: the kernel runs it over each socket. */
    static final int LONGEST = 4096;

    private static final int JMP = 1;
    private static final int S_GE = 2;
    private static final int S_LE = 3;
    private static final int D_GE = 4;
    private static final int D_LE = 5;
    private static final int S_COND = 7;
    private static final int D_COND = 8;
    private static final int MARK_COND = 10;

    private static final int OP = 4;
    private static final int HOSTCOND = 8;
    private static final int MARKCOND = 8;
    private static final int ANY_PORT = -1;

    private Bytecode() {}

    /** The program for a condition; empty when there is none that is short enough. */
    static byte[] of(Narrowing condition) {
        byte[] program = compile(condition);
        return program.length > LONGEST ? new byte[0] : program;
    }

    private static byte[] compile(Narrowing condition) {
        return switch (condition) {
            case Narrowing.All all -> joined(all.parts(), true);
            case Narrowing.Any any -> joined(any.parts(), false);
            case Narrowing.Not not -> negated(compile(not.part()));
            case Narrowing.Port port -> range(port);
            case Narrowing.Network network -> network(network);
            case Narrowing.Mark mark -> mark(mark);
        };
    }

    private static byte[] joined(List<Narrowing> parts, boolean all) {
        byte[] program = compile(parts.getLast());
        for (int i = parts.size() - 2; i >= 0; i--) {
            byte[] before = compile(parts.get(i));
            program = all ? both(before, program) : either(before, program);
        }
        return program;
    }

    /** What refuses in the first refuses behind the second. */
    private static byte[] both(byte[] first, byte[] second) {
        ByteBuffer program = program(first.length + second.length).put(first).put(second);
        for (int at = 0; at < first.length; at += program.get(at + 1)) {
            int no = program.getShort(at + 2) & 0xFFFF;
            if (at + no == first.length + OP) {
                program.putShort(at + 2, (short) (no + second.length));
            }
        }
        return bytes(program);
    }

    /** Where the first refuses, the second begins; where it does not, a jump leads over the second. */
    private static byte[] either(byte[] first, byte[] second) {
        ByteBuffer program = program(first.length + OP + second.length).put(first);
        return bytes(op(program, JMP, OP, OP + second.length).put(second));
    }

    /** Where the part refuses is the end; where it does not, a jump leads to the refusal. */
    private static byte[] negated(byte[] part) {
        return bytes(op(program(part.length + OP).put(part), JMP, OP, 2 * OP));
    }

    private static byte[] range(Narrowing.Port port) {
        byte[] atLeast = comparison(port.local() ? S_GE : D_GE, port.least());
        byte[] atMost = comparison(port.local() ? S_LE : D_LE, port.most());
        return both(atLeast, atMost);
    }

    /** The port stands where {@code no} would, in a second operation. */
    private static byte[] comparison(int code, int port) {
        ByteBuffer program = op(program(2 * OP), code, 2 * OP, 3 * OP);
        return bytes(op(program, 0, 0, port));
    }

    private static byte[] network(Narrowing.Network wanted) {
        IpAddress network = wanted.network();
        int length = OP + HOSTCOND + (network.family() == Family.INET ? Integer.BYTES : 2 * Long.BYTES);
        ByteBuffer program = op(program(length), wanted.local() ? S_COND : D_COND, length, length + OP)
                .put((byte) network.family().number())
                .put((byte) wanted.bits())
                .putShort((short) 0)
                .putInt(ANY_PORT)
                .order(ByteOrder.BIG_ENDIAN);
        return bytes(
                switch (network.family()) {
                    case INET -> program.putInt((int) network.low());
                    case INET6 -> program.putLong(network.high()).putLong(network.low());
                });
    }

    private static byte[] mark(Narrowing.Mark wanted) {
        int length = OP + MARKCOND;
        ByteBuffer program = op(program(length), MARK_COND, length, length + OP);
        return bytes(program.putInt(wanted.mark()).putInt(wanted.mask()));
    }

    private static ByteBuffer program(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }

    private static byte[] bytes(ByteBuffer program) {
        byte[] bytes = new byte[program.capacity()];
        program.get(0, bytes);
        return bytes;
    }

    private static ByteBuffer op(ByteBuffer program, int code, int yes, int no) {
        return program.put((byte) code).put((byte) yes).putShort((short) no);
    }
}
