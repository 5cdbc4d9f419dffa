package lastack.agent;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of any object by their offset, through the JDK's own {@code Unsafe}: no accessor is made for each field, no package of
 * the program is opened, and no class is initialised by being looked at.
 */
final class Memory {
    private static final int JAVA_9 = 53;
    private static final int JAVA_12 = 56;

    private final Instrumentation instrumentation;
    private final boolean modules;
    private final MethodHandle reference;
    private final MethodHandle intAt;
    private final MethodHandle longAt;
    private final MethodHandle booleanAt;
    private final MethodHandle fieldOffset;
    private final MethodHandle staticOffset;
    private final MethodHandle staticBase;
    private final MethodHandle uninitialised;

    Memory(Instrumentation instrumentation) throws Exception {
        this.instrumentation = instrumentation;
        int version = (int) Double.parseDouble(System.getProperty("java.class.version", "52"));
        Class<?> type = Class.forName(version < JAVA_9 ? "sun.misc.Unsafe" : "jdk.internal.misc.Unsafe", true, null);
        this.modules = version >= JAVA_9;
        open("jdk.internal.misc");
        Object unsafe = unsafe(type, version);
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        reference = bound(lookup, unsafe, version < JAVA_12 ? "getObject" : "getReference", Object.class);
        intAt = bound(lookup, unsafe, "getInt", int.class);
        longAt = bound(lookup, unsafe, "getLong", long.class);
        booleanAt = bound(lookup, unsafe, "getBoolean", boolean.class);
        fieldOffset = bound(lookup, unsafe, "objectFieldOffset", MethodType.methodType(long.class, Field.class));
        staticOffset = bound(lookup, unsafe, "staticFieldOffset", MethodType.methodType(long.class, Field.class));
        staticBase = bound(lookup, unsafe, "staticFieldBase", MethodType.methodType(Object.class, Field.class));
        uninitialised = bound(lookup, unsafe, "shouldBeInitialized", MethodType.methodType(boolean.class, Class.class));
    }

    private static Object unsafe(Class<?> type, int version) throws Exception {
        if (version >= JAVA_9) {
            return type.getMethod("getUnsafe").invoke(null);
        }
        Field only = type.getDeclaredField("theUnsafe");
        only.setAccessible(true);
        return only.get(null);
    }

    private static MethodHandle bound(MethodHandles.Lookup lookup, Object unsafe, String name, Class<?> result)
            throws Exception {
        return bound(lookup, unsafe, name, MethodType.methodType(result, Object.class, long.class));
    }

    private static MethodHandle bound(MethodHandles.Lookup lookup, Object unsafe, String name, MethodType type)
            throws Exception {
        return lookup.findVirtual(unsafe.getClass(), name, type).bindTo(unsafe);
    }

    /**
     * Opens a package of {@code java.base} to this loader's classes and no others ({@code Instrumentation.redefineModule}); before
     * Java 9 all are open.
     */
    void open(String packageName) throws ReflectiveOperationException {
        if (!modules) {
            return;
        }
        Method getModule = Class.class.getMethod("getModule");
        Class<?> module = Class.forName("java.lang.Module", true, null);
        Map<String, Set<?>> opens = new HashMap<>();
        opens.put(packageName, Collections.singleton(getModule.invoke(Memory.class)));
        Instrumentation.class
                .getMethod("redefineModule", module, Set.class, Map.class, Map.class, Set.class, Map.class)
                .invoke(
                        instrumentation,
                        getModule.invoke(Object.class),
                        Collections.emptySet(),
                        Collections.emptyMap(),
                        opens,
                        Collections.emptySet(),
                        Collections.emptyMap());
    }

    /** Whether the class has not run its initialiser yet; its static fields are not looked at. */
    boolean isUninitialised(Class<?> type) {
        try {
            return (boolean) uninitialised.invokeExact(type);
        } catch (Throwable e) {
            return true;
        }
    }

    /** Where a field is in its objects. */
    long offset(Field field) {
        try {
            return (long) fieldOffset.invokeExact(field);
        } catch (Throwable e) {
            return -1;
        }
    }

    /** What the field at an offset, which must be one of this very object's class, refers to. */
    @Nullable
    Object reference(Object object, long offset) {
        try {
            return (Object) reference.invokeExact(object, offset);
        } catch (Throwable e) {
            return null;
        }
    }

    /** What a static field refers to. */
    @Nullable
    Object valueOf(Field field) {
        try {
            Object base = (Object) staticBase.invokeExact(field);
            return reference(base, (long) staticOffset.invokeExact(field));
        } catch (Throwable e) {
            return null;
        }
    }

    /** What a field of an object refers to, whatever class above it declares it; null when there is none. */
    @Nullable
    Object field(@Nullable Object object, String name) {
        Field field = object == null ? null : find(object.getClass(), name);
        return object == null || field == null || field.getType().isPrimitive()
                ? null
                : reference(object, offset(field));
    }

    /** What a static field refers to; null when there is none, or its class was never used. */
    @Nullable
    Object staticField(String className, String... names) {
        try {
            Class<?> type = Class.forName(className, false, null);
            for (Field field : type.getDeclaredFields()) {
                if (Arrays.asList(names).contains(field.getName()) && !isUninitialised(type)) {
                    return valueOf(field);
                }
            }
            return null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** The number in an int, long or boolean field, or {@code fallback}. */
    long number(Object object, String name, long fallback) {
        Field field = find(object.getClass(), name);
        if (field == null) {
            return fallback;
        }
        try {
            Class<?> type = field.getType();
            long offset = offset(field);
            if (type == int.class) {
                return (int) intAt.invokeExact(object, offset);
            }
            if (type == boolean.class) {
                return (boolean) booleanAt.invokeExact(object, offset) ? 1 : 0;
            }
            return type == long.class ? (long) longAt.invokeExact(object, offset) : fallback;
        } catch (Throwable e) {
            return fallback;
        }
    }

    private static @Nullable Field find(Class<?> type, String name) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            Field own = own(above, name);
            if (own != null) {
                return own;
            }
        }
        return null;
    }

    private static @Nullable Field own(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            return Modifier.isStatic(field.getModifiers()) ? null : field;
        } catch (NoSuchFieldException | LinkageError e) {
            return null;
        }
    }
}
