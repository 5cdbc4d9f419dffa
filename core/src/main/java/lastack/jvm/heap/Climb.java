package lastack.jvm.heap;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes from objects up to who refers to them, and on, until something outside the heap does. Each way through the dump goes up by one
 * object at least; where a holder stands behind what it holds, by more.
 */
final class Climb implements DumpVisitor {
    /** What is looked at is held by few; more than this is a program's whole furniture. */
    private static final int MOST_OBJECTS = 300_000;

    /** A thing held in more places than this is no clearer for more of them. */
    private static final int MOST_HOLDERS = 16;

    private final Types types;
    private final Stacks stacks;
    private final LongMap<Node> nodes = new LongMap<>();

    Climb(Types types, Stacks stacks, Collection<Long> from) {
        this.types = types;
        this.stacks = stacks;
        from.forEach(id -> nodes.put(id, new Node(id, 0)));
    }

    /** An object on the way. */
    static final class Node {
        final long id;
        final long type;
        final List<Link> holders = new ArrayList<>();

        @Nullable
        Root root;

        /** Whether its holders are still looked for. */
        boolean open = true;

        Node(long id, long type) {
            this.id = id;
            this.type = type;
        }

        /** Told of another root: the better one stays. */
        void rooted(Root other) {
            if (root == null || Root.BEST_FIRST.compare(other, root) < 0) {
                root = other;
            }
        }
    }

    /**
     * That an object refers to another.
     *
     * @param field the identifier of the field's name, or 0 in an array
     * @param index the place in an array
     * @param count how many places that has
     */
    record Link(Node holder, long field, int index, int count) {}

    /**
     * A reference from outside the heap.
     *
     * @param thread the number of the thread in the dump, or -1
     * @param frame the number of the call on its stack, the innermost 0, or -1
     * @param type the class of a static field, or 0
     * @param field the identifier of the static field's name, or 0
     */
    record Root(RootKind kind, int thread, int frame, long type, long field) {
        /** The outer of two calls has it as a variable of its own; the inner got it handed in. */
        static final Comparator<Root> BEST_FIRST =
                Comparator.comparing(Root::kind).thenComparing(Root::frame, Comparator.reverseOrder());
    }

    @Override
    public void instance(long id, long type, DumpReader reader) {
        Types.Layout layout = types.layout(type);
        int[] offsets = layout.offsets;
        for (int i = 0; i < offsets.length; i++) {
            long held = reader.idAt(offsets[i]);
            if (held != 0) {
                add(held, id, type, layout.names[i], -1, 0);
            }
        }
    }

    @Override
    public void element(long array, long type, int index, int count, long object) {
        if (object != 0) {
            add(object, array, type, 0, index, count);
        }
    }

    private void add(long held, long id, long type, long field, int index, int count) {
        Node below = nodes.get(held);
        if (below != null && below.open && below.holders.size() < MOST_HOLDERS && nodes.size() < MOST_OBJECTS) {
            hold(below, id, type, field, index, count);
        }
    }

    private void hold(Node below, long id, long type, long field, int index, int count) {
        Node holder = nodes.get(id);
        if (holder == null) {
            holder = new Node(id, type);
            nodes.put(id, holder);
        }
        Node above = holder;
        if (below.holders.stream().noneMatch(link -> link.holder() == above)) {
            below.holders.add(new Link(holder, field, index, count));
        }
    }

    @Override
    public void type(DumpType type) {
        for (DumpType.Static one : type.statics()) {
            Node held = one.object() == 0 ? null : nodes.get(one.object());
            if (held != null) {
                held.rooted(new Root(RootKind.STATIC_FIELD, -1, -1, type.id(), one.name()));
            }
        }
    }

    @Override
    public void root(RootKind kind, long object, int thread, int frame) {
        Node held = nodes.get(object);
        if (held != null) {
            held.rooted(new Root(kind, thread, frame, 0, 0));
        }
    }

    /** Goes up once more; whether there is further to go. */
    boolean up(Dump dump, DumpVisitor beside, Collection<Long> from) throws IOException {
        Set<Node> before = unresolved(from);
        dump.pass(new Together(this, beside));
        before.forEach(node -> node.open = false);
        return isWhole() && unresolved(from).stream().anyMatch(node -> node.open);
    }

    /** Whether nothing was left out. */
    boolean isWhole() {
        return nodes.size() < MOST_OBJECTS;
    }

    /** All on the way up from those that no root is known for. */
    private Set<Node> unresolved(Collection<Long> from) {
        Set<Node> all = new HashSet<>();
        for (long id : from) {
            if (way(id, this::tellsMuch).isEmpty()) {
                collect(nodes.get(id), all);
            }
        }
        return all;
    }

    private static void collect(@Nullable Node from, Set<Node> all) {
        Queue<Node> queue = new ArrayDeque<>();
        if (from != null && all.add(from)) {
            queue.add(from);
        }
        for (Node at = queue.poll(); at != null; at = queue.poll()) {
            for (Link link : at.holders) {
                if (all.add(link.holder())) {
                    queue.add(link.holder());
                }
            }
        }
    }

    /** The shortest way to this object from a root that says something of the program, the root's own first; else from any; else empty. */
    List<Node> way(long id) {
        List<Node> telling = way(id, this::tellsMuch);
        return telling.isEmpty() ? way(id, _ -> true) : telling;
    }

    private boolean tellsMuch(Root root) {
        return switch (root.kind()) {
            case LOCAL_VARIABLE -> stacks.isProgram(root.thread(), root.frame());
            case STATIC_FIELD, THREAD -> true;
            case JNI_LOCAL, JNI_GLOBAL, MONITOR, JVM -> false;
        };
    }

    private List<Node> way(long id, Predicate<Root> good) {
        Node from = nodes.get(id);
        if (from == null) {
            return List.of();
        }
        Map<Node, Node> below = new HashMap<>();
        Queue<Node> queue = new ArrayDeque<>(List.of(from));
        below.put(from, from);
        for (Node at = queue.poll(); at != null; at = queue.poll()) {
            if (at.root != null && good.test(at.root)) {
                return downFrom(at, below);
            }
            for (Link link : at.holders) {
                if (below.putIfAbsent(link.holder(), at) == null) {
                    queue.add(link.holder());
                }
            }
        }
        return List.of();
    }

    private static List<Node> downFrom(Node top, Map<Node, Node> below) {
        List<Node> way = new ArrayList<>(List.of(top));
        for (Node at = below.get(top); at != way.getLast(); at = below.get(at)) {
            way.add(at);
        }
        return way;
    }
}
