package lastack.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** The places that hold objects by themselves. */
final class Roots {
    private final Memory memory;
    private final Instrumentation instrumentation;

    Roots(Memory memory, Instrumentation instrumentation) {
        this.memory = memory;
        this.instrumentation = instrumentation;
    }

    /** The program's own static fields and all threads. */
    void addProgram(Walk walk) {
        addClasses(walk, false);
        for (Thread thread : Threads.all(memory)) {
            if (!Station.isOurs(thread)) {
                walk.addRoot(new Root(thread), thread);
            }
        }
    }

    /** The static fields of the JDK's classes. */
    void addPlatform(Walk walk) {
        addClasses(walk, true);
    }

    @SuppressWarnings("ReferenceEquality") // The very object is meant.
    private void addClasses(Walk walk, boolean platform) {
        ClassLoader own = Roots.class.getClassLoader();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            boolean asked = isPlatform(type.getClassLoader()) == platform && type.getClassLoader() != own;
            if (asked && !type.isArray() && !type.isPrimitive()) {
                addFields(walk, type);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // The very object is meant.
    private static boolean isPlatform(@Nullable ClassLoader loader) {
        return loader == null || loader == ClassLoader.getSystemClassLoader().getParent();
    }

    private void addFields(Walk walk, Class<?> type) {
        try {
            if (memory.isUninitialised(type)) {
                return;
            }
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    walk.addRoot(new Root(field), memory.valueOf(field));
                }
            }
        } catch (LinkageError e) {
            // A field of a class that is missing.
            return;
        }
    }
}
