package lastack.agent;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The threads of this JVM, and what is known of one. */
final class Threads {
    /** Enough to name where a program stands; a server may have a million. */
    private static final int MOST_VIRTUAL = 100_000;

    private Threads() {}

    /** Every platform thread, and the virtual ones that their containers know (Java 21; those of executors at least). */
    static List<Thread> all(Memory memory) {
        List<Thread> threads = new ArrayList<>();
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] platform = new Thread[group.activeCount() * 2 + 16];
        int count = group.enumerate(platform, true);
        for (int i = 0; i < count; i++) {
            threads.add(platform[i]);
        }
        addVirtual(memory, threads);
        return threads;
    }

    private static void addVirtual(Memory memory, List<Thread> threads) {
        try {
            Class<?> containers = Class.forName("jdk.internal.vm.ThreadContainers", true, null);
            Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer", true, null);
            memory.open("jdk.internal.vm");
            Object root = containers.getMethod("root").invoke(null);
            addFrom(container, root, threads);
        } catch (ReflectiveOperationException | LinkageError e) {
            // Before Java 21 there are none.
            return;
        }
    }

    private static void addFrom(Class<?> type, Object container, List<Thread> threads)
            throws ReflectiveOperationException {
        for (Iterator<?> i = stream(type, "threads", container).iterator(); i.hasNext(); ) {
            Thread thread = (Thread) i.next();
            if (threads.size() < MOST_VIRTUAL && isVirtual(thread)) {
                threads.add(thread);
            }
        }
        for (Iterator<?> i = stream(type, "children", container).iterator(); i.hasNext(); ) {
            addFrom(type, i.next(), threads);
        }
    }

    private static Stream<?> stream(Class<?> type, String name, Object container) throws ReflectiveOperationException {
        Method method = type.getMethod(name);
        return (Stream<?>) method.invoke(container);
    }

    static boolean isVirtual(Thread thread) {
        return thread.getClass().getName().startsWith("java.lang.VirtualThread")
                || thread.getClass().getName().startsWith("java.lang.ThreadBuilders$BoundVirtual");
    }

    /** Its name, or its number where it has none: virtual threads have none unless they are given one. */
    @SuppressWarnings("deprecation") // threadId() came with Java 19.
    static String label(Thread thread) {
        String name = thread.getName();
        return name.isEmpty() ? "#" + thread.getId() : name;
    }

    /** Who holds a lock of {@code java.util.concurrent}, or null. */
    static @Nullable Thread owner(Memory memory, @Nullable Object lock) {
        Object sync = memory.field(lock, "sync");
        return (Thread) memory.field(sync, "exclusiveOwnerThread");
    }
}
