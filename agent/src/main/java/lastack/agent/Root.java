package lastack.agent;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Where a way to an object begins: a static field, or a thread. */
final class Root {
    private final @Nullable Field field;
    private final @Nullable Thread thread;

    Root(Field field) {
        this.field = field;
        this.thread = null;
    }

    Root(Thread thread) {
        this.field = null;
        this.thread = thread;
    }

    /** The thread, or null where it is a field. */
    @Nullable
    Thread thread() {
        return thread;
    }

    String[] words() {
        if (field != null) {
            return new String[] {"root", "static", field.getDeclaringClass().getName() + '.' + field.getName()};
        }
        return new String[] {"root", "thread", thread == null ? "" : Threads.label(thread)};
    }
}
