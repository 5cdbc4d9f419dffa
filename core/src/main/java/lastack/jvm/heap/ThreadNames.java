package lastack.jvm.heap;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the threads in a dump are called: from a {@code Thread} to its {@code String} to that one's array, one way through the dump for each. */
final class ThreadNames implements DumpVisitor {
    private static final int LONG = 11;
    private static final int BYTE = 8;
    private static final int LONGEST = 1000;

    private final Types types;
    private final LongMap<Integer> threads = new LongMap<>();
    private final LongMap<List<Integer>> strings = new LongMap<>();
    private final LongMap<Text> texts = new LongMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    ThreadNames(Types types) {
        this.types = types;
    }

    /** A text still without its letters; {@code wide} when each takes two bytes, the lower first. */
    private record Text(List<Integer> threads, boolean wide) {}

    @Override
    public void root(RootKind kind, long object, int thread, int frame) {
        if (kind == RootKind.THREAD) {
            threads.put(object, thread);
        }
    }

    @Override
    public void instance(long id, long type, DumpReader reader) {
        Integer thread = threads.get(id);
        if (thread != null) {
            thread(thread, type, reader);
        }
        List<Integer> named = strings.get(id);
        if (named != null) {
            int coder = types.offset(type, "coder", BYTE);
            long letters = reader.idAt(types.offset(type, "value", DumpType.OBJECT));
            texts.put(letters, new Text(named, coder >= 0 && reader.byteAt(coder) != 0));
        }
    }

    private void thread(int thread, long type, DumpReader reader) {
        int tid = types.offset(type, "tid", LONG);
        names.putIfAbsent(thread, "#" + (tid < 0 ? thread : reader.longAt(tid)));
        int name = types.offset(type, "name", DumpType.OBJECT);
        if (name >= 0) {
            named(reader.idAt(name)).add(thread);
        }
    }

    private List<Integer> named(long string) {
        List<Integer> known = strings.get(string);
        if (known == null) {
            known = new ArrayList<>();
            strings.put(string, known);
        }
        return known;
    }

    @Override
    public void numbers(long array, int bytesEach, int count, DumpReader reader) throws IOException {
        Text text = texts.get(array);
        if (text == null || count == 0) {
            return;
        }
        byte[] letters = reader.bytes(Math.min(count, LONGEST) * bytesEach);
        String name = new String(letters, charset(bytesEach, text.wide()));
        text.threads().forEach(thread -> names.put(thread, name));
    }

    /** Up to Java 8 a string has {@code char}s, which a dump has in its own order. */
    private static Charset charset(int bytesEach, boolean wide) {
        if (bytesEach == Character.BYTES) {
            return StandardCharsets.UTF_16BE;
        }
        return wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1;
    }

    /** What a thread is called; by its number where it has no name. */
    String of(int thread) {
        return names.getOrDefault(thread, "#" + thread);
    }
}
