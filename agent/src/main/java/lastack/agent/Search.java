package lastack.agent;

import java.lang.instrument.Instrumentation;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for the objects of some descriptors: first as the program holds them, then in what the JDK itself keeps. */
final class Search implements Walk.Meeting {
    private final Memory memory;
    private final Instrumentation instrumentation;
    private final Walk walk;
    private final Map<Integer, Wanted> missing = new LinkedHashMap<>();
    private final List<Found> found = new ArrayList<>();
    private Walk.End end = Walk.End.FOUND_ALL;

    Search(Memory memory, Instrumentation instrumentation, Walk walk, List<Wanted> wanted) {
        this.memory = memory;
        this.instrumentation = instrumentation;
        this.walk = walk;
        for (Wanted one : wanted) {
            if (one.isStillIt()) {
                missing.put(one.fd, one);
            }
        }
    }

    /** Looks; {@code opened} are sockets a trace has seen, which may be held by nothing a walk can see. */
    List<Found> run(List<Object> opened) {
        if (!missing.isEmpty()) {
            Roots roots = new Roots(memory, instrumentation);
            roots.addProgram(walk);
            end = walk.go(this);
            if (!missing.isEmpty()) {
                roots.addPlatform(walk);
                goOn();
            }
            for (Object socket : opened) {
                meet(socket);
            }
            Unreferenced.addTo(this, memory);
        }
        return found;
    }

    private void goOn() {
        do {
            end = walk.go(this);
        } while (!missing.isEmpty() && walk.onward());
    }

    Walk.End end() {
        return end;
    }

    Walk walk() {
        return walk;
    }

    @Override
    public boolean isOver() {
        return missing.isEmpty();
    }

    @Override
    public void met(Object inner, int node) {
        Wanted wanted = missing.get(SocketObjects.number(inner, memory));
        if (wanted != null && SocketObjects.isLive(inner, memory)) {
            add(Found.at(wanted, walk, node));
        }
    }

    /** A socket's inner object that no way leads to. */
    void meet(Object inner) {
        Wanted wanted =
                SocketObjects.isInner(inner.getClass()) ? missing.get(SocketObjects.number(inner, memory)) : null;
        if (wanted != null && SocketObjects.isLive(inner, memory)) {
            add(new Found(wanted, inner, inner, -1));
        }
    }

    private void add(Found one) {
        missing.remove(one.wanted.fd);
        found.add(one);
    }

    /** What a {@code Reference} refers to, without its keeping it alive. */
    static @Nullable Object referent(Memory memory, Object reference) {
        return reference instanceof Reference ? memory.field(reference, "referent") : null;
    }
}
