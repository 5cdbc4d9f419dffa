package lastack.jvm.heap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A heap dump in the binary format of HPROF ({@code src/hotspot/share/services/heapDumper.cpp}, the same from JDK 8 to 25):
 *
 * <pre>
 * "JAVA PROFILE 1.0.2\0"  u4 bytes of an id  u8 time
 * then records:  u1 tag  u4 time  u4 length  content
 *   01 text:   id, UTF-8
 *   02 class:  u4 serial, id, u4 stack, id of its name
 *   04 frame:  id, id method, id signature, id file, u4 serial of the class, u4 line
 *   05 stack:  u4 serial, u4 thread, u4 count, ids of frames
 *   0c, 1c heap: sub-records, each of a u1 tag and its own content
 * </pre>
 */
final class Dump {
    private static final String FORMAT = "JAVA PROFILE 1.0.";

    /** No JVM has so much memory for a stack. */
    private static final int DEEPEST = 1 << 22;

    private static final int TEXT = 0x01;
    private static final int CLASS = 0x02;
    private static final int FRAME = 0x04;
    private static final int STACK = 0x05;
    private static final int HEAP = 0x0c;
    private static final int HEAP_SEGMENT = 0x1c;

    private static final int ROOT_JNI_GLOBAL = 0x01;
    private static final int ROOT_JNI_LOCAL = 0x02;
    private static final int ROOT_JAVA_FRAME = 0x03;
    private static final int ROOT_NATIVE_STACK = 0x04;
    private static final int ROOT_STICKY_CLASS = 0x05;
    private static final int ROOT_THREAD_BLOCK = 0x06;
    private static final int ROOT_MONITOR = 0x07;
    private static final int ROOT_THREAD = 0x08;
    private static final int ROOT_UNKNOWN = 0xff;
    private static final int TYPE = 0x20;
    private static final int INSTANCE = 0x21;
    private static final int OBJECT_ARRAY = 0x22;
    private static final int NUMBER_ARRAY = 0x23;

    private final FileChannel file;

    Dump(FileChannel file) {
        this.file = file;
    }

    /** Passes all of it by the visitor once. */
    void pass(DumpVisitor visitor) throws IOException {
        new Pass(new DumpReader(file), visitor).run();
    }

    /** One way through the file. */
    private record Pass(DumpReader reader, DumpVisitor visitor) {
        void run() throws IOException {
            header();
            while (!reader.isAtEnd()) {
                int tag = reader.u1();
                reader.skip(Integer.BYTES);
                long length = Integer.toUnsignedLong(reader.u4());
                long end = reader.position() + length;
                record(tag, length, end);
                reader.moveTo(end);
            }
        }

        private void header() throws IOException {
            String format = new String(reader.bytes(FORMAT.length()), StandardCharsets.US_ASCII);
            if (!format.equals(FORMAT)) {
                throw new IOException("this is no heap dump: it begins with '" + format + "'");
            }
            while (reader.u1() != 0) {
                // The last digit of the version.
            }
            reader.idBytes(reader.u4());
            reader.skip(Long.BYTES);
        }

        private void record(int tag, long length, long end) throws IOException {
            switch (tag) {
                case TEXT -> {
                    long id = reader.id();
                    visitor.text(id, (int) length - reader.idBytes(), reader);
                }
                case CLASS -> loaded();
                case FRAME -> frame();
                case STACK -> stack();
                case HEAP, HEAP_SEGMENT -> {
                    while (visitor.wantsHeap() && reader.position() < end) {
                        heap(reader.u1());
                    }
                }
                default -> {
                    // Sums and settings of a profiler.
                }
            }
        }

        private void loaded() throws IOException {
            int serial = reader.u4();
            long type = reader.id();
            reader.skip(Integer.BYTES);
            visitor.loaded(serial, type, reader.id());
        }

        private void frame() throws IOException {
            long id = reader.id();
            long method = reader.id();
            reader.skip(reader.idBytes());
            long source = reader.id();
            visitor.frame(id, method, source, reader.u4(), reader.u4());
        }

        private void stack() throws IOException {
            reader.skip(Integer.BYTES);
            int thread = reader.u4();
            visitor.stack(thread, ids(reader.u4()));
        }

        private long[] ids(int count) throws IOException {
            if (count < 0 || count > DEEPEST) {
                throw new IOException("the heap dump has a stack of " + count + " calls");
            }
            long[] ids = new long[count];
            for (int i = 0; i < count; i++) {
                ids[i] = reader.id();
            }
            return ids;
        }

        private void heap(int tag) throws IOException {
            switch (tag) {
                case INSTANCE -> instance();
                case OBJECT_ARRAY -> objects();
                case NUMBER_ARRAY -> numbers();
                case TYPE -> type();
                default -> root(tag);
            }
        }

        private void instance() throws IOException {
            long id = reader.id();
            reader.skip(Integer.BYTES);
            long type = reader.id();
            int bytes = reader.u4();
            reader.need(bytes);
            long end = reader.position() + bytes;
            visitor.instance(id, type, reader);
            reader.moveTo(end);
        }

        private void objects() throws IOException {
            long id = reader.id();
            reader.skip(Integer.BYTES);
            int count = reader.u4();
            long type = reader.id();
            for (int i = 0; i < count; i++) {
                visitor.element(id, type, i, count, reader.id());
            }
        }

        private void numbers() throws IOException {
            long id = reader.id();
            reader.skip(Integer.BYTES);
            int count = reader.u4();
            int each = DumpType.bytes(reader.u1(), reader.idBytes());
            long end = reader.position() + (long) count * each;
            visitor.numbers(id, each, count, reader);
            reader.moveTo(end);
        }

        private void type() throws IOException {
            long id = reader.id();
            reader.skip(Integer.BYTES);
            long above = reader.id();
            // Its loader, signers, domain, two reserved, and the size of its objects.
            reader.skip(5L * reader.idBytes() + Integer.BYTES);
            constants();
            visitor.type(new DumpType(id, above, statics(), fields()));
        }

        private void constants() throws IOException {
            for (int left = reader.u2(); left > 0; left--) {
                reader.skip(Short.BYTES);
                reader.skip(DumpType.bytes(reader.u1(), reader.idBytes()));
            }
        }

        private List<DumpType.Static> statics() throws IOException {
            List<DumpType.Static> statics = new ArrayList<>();
            for (int left = reader.u2(); left > 0; left--) {
                long name = reader.id();
                int kind = reader.u1();
                if (kind == DumpType.OBJECT) {
                    statics.add(new DumpType.Static(name, reader.id()));
                } else {
                    reader.skip(DumpType.bytes(kind, reader.idBytes()));
                }
            }
            return statics;
        }

        private List<DumpType.Field> fields() throws IOException {
            List<DumpType.Field> fields = new ArrayList<>();
            for (int left = reader.u2(); left > 0; left--) {
                long name = reader.id();
                int kind = reader.u1();
                fields.add(new DumpType.Field(name, kind, DumpType.bytes(kind, reader.idBytes())));
            }
            return fields;
        }

        private void root(int tag) throws IOException {
            long object = reader.id();
            switch (tag) {
                case ROOT_JNI_GLOBAL -> {
                    reader.skip(reader.idBytes());
                    visitor.root(RootKind.JNI_GLOBAL, object, -1, -1);
                }
                case ROOT_JNI_LOCAL -> visitor.root(RootKind.JNI_LOCAL, object, reader.u4(), reader.u4());
                case ROOT_JAVA_FRAME -> visitor.root(RootKind.LOCAL_VARIABLE, object, reader.u4(), reader.u4());
                case ROOT_NATIVE_STACK -> visitor.root(RootKind.JNI_LOCAL, object, reader.u4(), -1);
                case ROOT_THREAD_BLOCK -> visitor.root(RootKind.JVM, object, reader.u4(), -1);
                case ROOT_MONITOR -> visitor.root(RootKind.MONITOR, object, -1, -1);
                case ROOT_STICKY_CLASS, ROOT_UNKNOWN -> visitor.root(RootKind.JVM, object, -1, -1);
                case ROOT_THREAD -> {
                    visitor.root(RootKind.THREAD, object, reader.u4(), -1);
                    reader.skip(Integer.BYTES);
                }
                default ->
                    throw new IOException("the heap dump has an entry of the unknown kind " + tag + " before byte "
                            + reader.position());
            }
        }
    }
}
