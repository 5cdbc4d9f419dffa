package lastack.agent;

import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which threads wait in a socket's calls, and which in a selector's. */
final class Blocked {
    private final Memory memory;

    /** By what wakes a thread up when its selector is. */
    private final IdentityHashMap<Object, Thread> selecting = new IdentityHashMap<>();

    /** Those in a native call of a plain socket, up to Java 12. */
    private final List<Waiting> natives = new ArrayList<>();

    /** A thread that waits. */
    static final class Waiting {
        final String how;
        final Thread thread;

        Waiting(String how, Thread thread) {
            this.how = how;
            this.thread = thread;
        }
    }

    Blocked(Memory memory) {
        this.memory = memory;
        boolean plainSockets = !hasNioSockets();
        for (Thread thread : Threads.all(memory)) {
            Object blocker = memory.field(thread, "nioBlocker");
            blocker = blocker == null ? memory.field(thread, "blocker") : blocker;
            if (blocker != null) {
                selecting.put(blocker, thread);
            }
            if (plainSockets) {
                lookAt(thread);
            }
        }
    }

    private static boolean hasNioSockets() {
        try {
            Class.forName("sun.nio.ch.NioSocketImpl", false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private void lookAt(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        String innermost = frames.length == 0 ? "" : frames[0].getMethodName();
        if (innermost.equals("socketRead0")) {
            natives.add(new Waiting("may read", thread));
        } else if (innermost.equals("socketAccept")) {
            natives.add(new Waiting("may accept", thread));
        }
    }

    /** The thread in {@code select}, or null. */
    @Nullable
    Thread in(Selector selector) {
        Object interruptor = memory.field(selector, "interruptor");
        return interruptor == null ? null : selecting.get(interruptor);
    }

    /** The threads in a socket's own calls: whoever reads or writes holds its lock, virtual threads too. */
    List<Waiting> on(Object inner) {
        List<Waiting> waiting = new ArrayList<>();
        addOwner("reads", inner, "readLock", waiting);
        addOwner("writes", inner, "writeLock", waiting);
        if (memory.number(inner, "fdUseCount", 0) > 0) {
            waiting.addAll(natives);
        }
        return waiting;
    }

    private void addOwner(String how, Object inner, String lock, List<Waiting> waiting) {
        Thread owner = Threads.owner(memory, memory.field(inner, lock));
        if (owner != null && !Station.isOurs(owner)) {
            waiting.add(new Waiting(how, owner));
        }
    }
}
