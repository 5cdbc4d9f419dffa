package lastack.agent;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of a class through which an object of it can hold others. */
final class Layout {
    private static final Layout NOTHING = new Layout(new Field[0], new long[0], false);

    final Field[] fields;
    final long[] offsets;

    /** Whether such an object keeps a socket's descriptor. */
    final boolean inner;

    private Layout(Field[] fields, long[] offsets, boolean inner) {
        this.fields = fields;
        this.offsets = offsets;
        this.inner = inner;
    }

    boolean leadsSomewhere() {
        return inner || fields.length > 0;
    }

    /** The layouts of all classes met so far. */
    static final class Cache {
        private final Memory memory;
        private final Map<Class<?>, Layout> known = new HashMap<>();

        Cache(Memory memory) {
            this.memory = memory;
        }

        Layout of(Class<?> type) {
            Layout layout = known.get(type);
            if (layout == null) {
                layout = holdsNothing(type) ? NOTHING : read(type);
                known.put(type, layout);
            }
            return layout;
        }

        private Layout read(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> above = type; above != null && above != Object.class; above = above.getSuperclass()) {
                addOwn(above, fields);
            }
            Field[] found = fields.toArray(new Field[0]);
            long[] offsets = new long[found.length];
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = memory.offset(found[i]);
            }
            return new Layout(found, offsets, SocketObjects.isInner(type));
        }
    }

    private static void addOwn(Class<?> type, List<Field> fields) {
        try {
            for (Field field : type.getDeclaredFields()) {
                // What a Reference refers to, it does not hold.
                boolean holds = !Modifier.isStatic(field.getModifiers())
                        && !holdsNothing(field.getType())
                        && field.getDeclaringClass() != Reference.class;
                if (holds) {
                    fields.add(field);
                }
            }
        } catch (LinkageError e) {
            // A field of a class that is missing: the program cannot use it either.
            return;
        }
    }

    /** Classes whose objects lead nowhere, or only into the machinery of the JVM. */
    private static boolean holdsNothing(Class<?> type) {
        if (type.isArray()) {
            return holdsNothing(type.getComponentType());
        }
        return type.isPrimitive()
                || type == String.class
                || type == Class.class
                || type.getName().equals("jdk.internal.ref.CleanerImpl")
                || (Number.class.isAssignableFrom(type) && type.getName().startsWith("java.lang."))
                || ClassLoader.class.isAssignableFrom(type)
                || type.getName().startsWith("java.lang.reflect.")
                || type.getName().startsWith("java.lang.invoke.")
                || type.getName().startsWith("java.security.");
    }
}
