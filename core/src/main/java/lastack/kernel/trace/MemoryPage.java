package lastack.kernel.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of a page: 4 KiB on x86-64, up to 64 KiB on aarch64. */
final class MemoryPage {
    /** In bytes. */
    static final int BYTES = read();

    private static final int USUAL = 4096;

    /** {@code elf.h} */
    private static final int AT_PAGESZ = 6;

    private MemoryPage() {}

    /** The auxiliary vector is pairs of longs, type and value (getauxval(3)). */
    private static int read() {
        try {
            ByteBuffer vector = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                    .order(ByteOrder.nativeOrder());
            while (vector.remaining() >= 16) {
                long type = vector.getLong();
                long value = vector.getLong();
                if (type == AT_PAGESZ) {
                    return (int) value;
                }
            }
            return USUAL;
        } catch (IOException e) {
            return USUAL;
        }
    }
}
