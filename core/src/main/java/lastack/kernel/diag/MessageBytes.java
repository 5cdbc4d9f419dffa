package lastack.kernel.diag;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One message, copied out of the memory the kernel writes to. A dump is read before its code is fully optimised, and then an array
 * costs a fifth of what a direct buffer costs at each access.
 *
 * <p>The kernel's own numbers are little-endian on both machines lastack knows, x86-64 and aarch64.
 */
final class MessageBytes {
    private byte[] bytes = new byte[512];

    /** Takes over what lies between two places of the buffer. */
    void copy(ByteBuffer from, int start, int end) {
        if (end - start > bytes.length) {
            bytes = new byte[end - start];
        }
        from.get(start, bytes, 0, end - start);
    }

    int u8(int at) {
        return bytes[at] & 0xFF;
    }

    int u16(int at) {
        return u8(at) | u8(at + 1) << 8;
    }

    int i32(int at) {
        return u16(at) | u16(at + 2) << 16;
    }

    long u32(int at) {
        return i32(at) & 0xFFFF_FFFFL;
    }

    long i64(int at) {
        return u32(at) | (long) i32(at + 4) << 32;
    }

    /** Two bytes in network order. */
    int networkU16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    /** Four bytes in network order. */
    int networkI32(int at) {
        return networkU16(at) << 16 | networkU16(at + 2);
    }

    /** Eight bytes in network order. */
    long networkI64(int at) {
        return (long) networkI32(at) << 32 | (networkI32(at + 4) & 0xFFFF_FFFFL);
    }

    /** A copy of some of the bytes. */
    byte[] part(int at, int count) {
        return Arrays.copyOfRange(bytes, at, at + count);
    }
}
