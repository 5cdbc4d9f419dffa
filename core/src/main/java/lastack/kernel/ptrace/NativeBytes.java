package lastack.kernel.ptrace;

import java.nio.ByteBuffer;
import lastack.kernel.Kernel;

/**
 * Memory for the kernel to read and write, with its address looked up beforehand; to be kept in a field while it is used.
 *
 * @param bytes the memory, in the machine's byte order
 * @param address where it is
 */
record NativeBytes(ByteBuffer bytes, long address) {
    static NativeBytes of(ByteBuffer bytes) {
        return new NativeBytes(bytes, Kernel.address(bytes));
    }

    static NativeBytes zeros(int size) {
        return of(Kernel.memory(size));
    }

    int size() {
        return bytes.capacity();
    }
}
