package lastack.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The door: libc's {@code syscall(2)}, one native call of one shape for everything lastack asks of Linux.
 *
 * <p>A second shape would cost about 4 ms at every start (docs/decisions/0003). The error number is captured with the
 * call itself, per thread, and comes back as a negative result, as the kernel itself returns it.
 */
public final class Kernel {
    private static final Door DOOR = Door.open();

    private Kernel() {}

    /** Makes a call without arguments; a negative result is an error number. */
    public static long call(Syscall call) {
        return call(call, 0, 0, 0, 0, 0, 0);
    }

    /** Makes a call with one argument; a negative result is an error number. */
    public static long call(Syscall call, long a) {
        return call(call, a, 0, 0, 0, 0, 0);
    }

    /** Makes a call with two arguments; a negative result is an error number. */
    public static long call(Syscall call, long a, long b) {
        return call(call, a, b, 0, 0, 0, 0);
    }

    /** Makes a call with three arguments; a negative result is an error number. */
    public static long call(Syscall call, long a, long b, long c) {
        return call(call, a, b, c, 0, 0, 0);
    }

    /** Makes a call with four arguments; a negative result is an error number. */
    public static long call(Syscall call, long a, long b, long c, long d) {
        return call(call, a, b, c, d, 0, 0);
    }

    /** Makes a call with five arguments; a negative result is an error number. */
    public static long call(Syscall call, long a, long b, long c, long d, long e) {
        return call(call, a, b, c, d, e, 0);
    }

    /** Makes a call with six arguments; a negative result is an error number. */
    public static long call(Syscall call, long a, long b, long c, long d, long e, long f) {
        return DOOR.call(call.number(), a, b, c, d, e, f);
    }

    /** The error number in a negative result. */
    public static Errno errno(long result) {
        return new Errno((int) -result);
    }

    /** Passes on a good result and throws a bad one. */
    public static long check(long result, Syscall call, String subject) throws KernelException {
        if (result < 0) {
            throw new KernelException(call.manualName(), subject, errno(result));
        }
        return result;
    }

    /** Memory the kernel can read and write, in its byte order, all zero. */
    public static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** A C string: UTF-8 with a zero byte behind it. */
    public static ByteBuffer cString(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return memory(bytes.length + 1).put(0, bytes);
    }

    /**
     * The address of the buffer's first byte, whatever its position. The caller keeps the buffer alive during the call
     * (a local variable used afterwards, or a field).
     */
    public static long address(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer).address() - buffer.position();
    }
}
