package lastack.agent;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A breadth-first walk over what fields refer to, from static fields and threads, until every wanted descriptor has been met or
 * the bounds are reached. It takes no lock and stops nobody, so what it sees is what each object held when it was passed.
 *
 * <p>Some ways lead to every socket without saying who keeps it: selectors know every channel. They are taken only when no other
 * way is left, {@linkplain #onward later}.
 */
final class Walk {
    private static final int FIRST_NODES = 1 << 14;
    private static final int CLOCK_EVERY = 1 << 10;

    /** An object, its parent, its link, two places in the table, and as much again while the arrays grow. */
    private static final int BYTES_EACH = 64;

    /** How the walk ended. */
    enum End {
        FOUND_ALL,
        SAW_ALL,
        NODES,
        TIME,
        MEMORY
    }

    /** Told of each object that keeps a socket's descriptor. */
    interface Meeting {
        /** Whether nothing more is wanted. */
        boolean isOver();

        void met(Object inner, int node);
    }

    private final Memory memory;
    private final Layout.Cache layouts;
    private final int mostNodes;
    private final long deadline;

    private Object[] objects = new Object[FIRST_NODES];
    private int[] parents = new int[FIRST_NODES];
    private int[] links = new int[FIRST_NODES];
    private int[] table = new int[FIRST_NODES * 2];
    private int size;
    private int next;
    private @Nullable End stopped;

    private final List<Root> roots = new ArrayList<>();
    private final List<int[]> deferredLinks = new ArrayList<>();
    private final List<Object> deferredObjects = new ArrayList<>();

    Walk(Memory memory, int mostNodes, long mostMillis) {
        this.memory = memory;
        this.layouts = new Layout.Cache(memory);
        this.mostNodes = mostNodes;
        this.deadline = System.nanoTime() + mostMillis * 1_000_000;
    }

    int nodes() {
        return size;
    }

    void addRoot(Root root, @Nullable Object held) {
        if (held != null && holdsSomething(held)) {
            roots.add(root);
            add(held, -1, roots.size() - 1);
        }
    }

    /** Goes on until all is found or seen; to be asked again after more roots, or after {@link #onward}. */
    End go(Meeting meeting) {
        while (next < size && stopped == null) {
            if (meeting.isOver()) {
                return End.FOUND_ALL;
            }
            if (next % CLOCK_EVERY == 0 && System.nanoTime() - deadline > 0) {
                stopped = End.TIME;
            }
            expand(next++, meeting);
        }
        return stopped != null ? stopped : meeting.isOver() ? End.FOUND_ALL : End.SAW_ALL;
    }

    /** Takes the ways that were left for later; false when there are none. */
    boolean onward() {
        boolean any = !deferredObjects.isEmpty();
        for (int i = 0; i < deferredObjects.size(); i++) {
            add(deferredObjects.get(i), deferredLinks.get(i)[0], deferredLinks.get(i)[1]);
        }
        deferredObjects.clear();
        deferredLinks.clear();
        return any;
    }

    private void expand(int node, Meeting meeting) {
        Object object = objects[node];
        if (object instanceof Object[]) {
            Object[] array = (Object[]) object;
            for (int i = 0; i < array.length && stopped == null; i++) {
                follow(array[i], node, i);
            }
            return;
        }
        Layout layout = layouts.of(object.getClass());
        if (layout.inner) {
            meeting.met(object, node);
        }
        for (int i = 0; i < layout.offsets.length; i++) {
            Object held = memory.reference(object, layout.offsets[i]);
            if (held != null && isLater(object, layout.fields[i], held)) {
                deferredObjects.add(held);
                deferredLinks.add(new int[] {node, i});
            } else {
                follow(held, node, i);
            }
        }
    }

    private static boolean isLater(Object holder, Field field, Object held) {
        return held instanceof Selector
                || (holder instanceof Thread && field.getName().endsWith("locker"))
                || (holder instanceof SelectionKey && field.getName().equals("channel"));
    }

    private void follow(@Nullable Object held, int parent, int link) {
        if (held != null && holdsSomething(held)) {
            add(held, parent, link);
        }
    }

    private boolean holdsSomething(Object held) {
        return held instanceof Object[]
                ? !isPlain(held.getClass().getComponentType())
                : layouts.of(held.getClass()).leadsSomewhere();
    }

    private static boolean isPlain(Class<?> component) {
        return component == String.class || component == Class.class;
    }

    @SuppressWarnings("ReferenceEquality") // The very object is meant.
    private void add(Object object, int parent, int link) {
        if (size == objects.length && !grow()) {
            return;
        }
        int mask = table.length - 1;
        int slot = mix(System.identityHashCode(object)) & mask;
        while (table[slot] != 0) {
            if (objects[table[slot] - 1] == object) {
                return;
            }
            slot = (slot + 1) & mask;
        }
        objects[size] = object;
        parents[size] = parent;
        links[size] = link;
        table[slot] = ++size;
    }

    private static int mix(int hash) {
        return hash ^ (hash >>> 15);
    }

    private boolean grow() {
        if (size >= mostNodes) {
            stopped = End.NODES;
            return false;
        }
        if (!fits((long) size * 2 * BYTES_EACH)) {
            stopped = End.MEMORY;
            return false;
        }
        objects = Arrays.copyOf(objects, size * 2);
        parents = Arrays.copyOf(parents, size * 2);
        links = Arrays.copyOf(links, size * 2);
        table = new int[size * 4];
        for (int i = 0; i < size; i++) {
            int slot = mix(System.identityHashCode(objects[i])) & (table.length - 1);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = i + 1;
        }
        return true;
    }

    /** The program's memory is the program's: at most a quarter of what is left to it. */
    private static boolean fits(long bytes) {
        Runtime runtime = Runtime.getRuntime();
        long left = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
        return bytes < left / 4;
    }

    Object object(int node) {
        return objects[node];
    }

    /** The one that leads to it, or -1 for a root's own. */
    int parent(int node) {
        return parents[node];
    }

    /** Where the way to it begins. */
    Root root(int node) {
        int first = node;
        while (parents[first] >= 0) {
            first = parents[first];
        }
        return roots.get(links[first]);
    }

    /** How its parent refers to it: {@code [3]} or {@code .idle}. */
    String link(int node) {
        Object parent = objects[parents[node]];
        return parent.getClass().isArray()
                ? "[" + links[node] + "]" + " of " + Array.getLength(parent)
                : "." + layouts.of(parent.getClass()).fields[links[node]].getName();
    }
}
