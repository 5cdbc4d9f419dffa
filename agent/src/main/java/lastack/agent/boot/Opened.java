package lastack.agent.boot;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Called by the JDK's rewritten classes for every socket that is opened. Lives in the boot loader, where those can see it. */
public final class Opened {
    /** Who wants to know; null while nobody does. */
    public static volatile @Nullable Consumer<Object> listener;

    private Opened() {}

    /** A socket has been connected or accepted. */
    public static void socket(Object opened) {
        Consumer<Object> now = listener;
        if (now != null && opened != null) {
            tell(now, opened);
        }
    }

    /** Whatever goes wrong here, the program opened its socket. */
    private static void tell(Consumer<Object> listener, Object opened) {
        try {
            listener.accept(opened);
        } catch (Throwable e) {
            return;
        }
    }
}
