package lastack.jvm.heap;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a dump forwards through a buffer; what is passed over is not read where the buffer does not have it already. */
final class DumpReader {
    /** The fields of one object must fit: at most 65,535 of 8 bytes each. */
    private static final int BUFFER_BYTES = 1 << 20;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private long end;
    private int idBytes = Long.BYTES;

    DumpReader(FileChannel file) {
        this.file = file;
    }

    /** How many bytes an identifier has: 4 or 8. */
    void idBytes(int bytes) {
        idBytes = bytes;
    }

    int idBytes() {
        return idBytes;
    }

    /** Where it is in the file. */
    long position() {
        return end - buffer.remaining();
    }

    /** Goes forward to there. */
    void moveTo(long position) {
        long bytes = position - position();
        if (bytes < 0) {
            throw new IllegalArgumentException("the heap dump leads backwards at byte " + position());
        }
        if (bytes <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) bytes);
        } else {
            buffer.limit(0);
            end = position;
        }
    }

    void skip(long bytes) {
        moveTo(position() + bytes);
    }

    boolean isAtEnd() throws IOException {
        return !buffer.hasRemaining() && position() >= file.size();
    }

    /** Makes sure that the next so many bytes are in the buffer, for {@link #idAt} and {@link #intAt}. */
    void need(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            fill(bytes);
        }
    }

    private void fill(int bytes) throws IOException {
        buffer.compact();
        while (buffer.position() < bytes) {
            int read = buffer.remaining() < 1 ? -1 : file.read(buffer, end);
            if (read < 0) {
                throw new EOFException("the heap dump is cut off at " + end + " bytes");
            }
            end += read;
        }
        buffer.flip();
    }

    int u1() throws IOException {
        need(1);
        return Byte.toUnsignedInt(buffer.get());
    }

    int u2() throws IOException {
        need(Short.BYTES);
        return Short.toUnsignedInt(buffer.getShort());
    }

    int u4() throws IOException {
        need(Integer.BYTES);
        return buffer.getInt();
    }

    long id() throws IOException {
        need(idBytes);
        return idBytes == Long.BYTES ? buffer.getLong() : Integer.toUnsignedLong(buffer.getInt());
    }

    /** An identifier so many bytes further on. */
    long idAt(int offset) {
        int at = buffer.position() + offset;
        return idBytes == Long.BYTES ? buffer.getLong(at) : Integer.toUnsignedLong(buffer.getInt(at));
    }

    /** A number so many bytes further on. */
    int intAt(int offset) {
        return buffer.getInt(buffer.position() + offset);
    }

    long longAt(int offset) {
        return buffer.getLong(buffer.position() + offset);
    }

    byte byteAt(int offset) {
        return buffer.get(buffer.position() + offset);
    }

    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count) {
            need(1);
            int part = Math.min(count - done, buffer.remaining());
            buffer.get(bytes, done, part);
            done += part;
        }
        return bytes;
    }
}
