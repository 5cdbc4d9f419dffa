package lastack.agent;

import java.util.function.Consumer;
import lastack.agent.boot.Opened;
import org.jspecify.annotations.Nullable;

/** Reaches the class in the boot loader; a class of its own, so that it is not looked for before it is there. */
final class Hook {
    private Hook() {}

    static void connect(@Nullable Consumer<Object> listener) {
        Opened.listener = listener;
    }
}
