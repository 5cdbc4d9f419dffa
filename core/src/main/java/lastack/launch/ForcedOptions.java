package lastack.launch;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lastack.kernel.seccomp.SocketCall;
import lastack.options.SocketOption;

/**
 * What is forced on every TCP socket of a program.
 *
 * @param bind what happens to its binds
 * @param options what is set on each socket it connects or listens with
 */
public record ForcedOptions(BindPolicy bind, List<SocketOption> options) {
    /** Whether there is nothing to force. */
    public boolean isEmpty() {
        return calls().isEmpty();
    }

    /** The calls that must wait for an answer; a program pays for no other. */
    Set<SocketCall> calls() {
        Set<SocketCall> calls = EnumSet.noneOf(SocketCall.class);
        if (!(bind instanceof BindPolicy.Untouched)) {
            calls.add(SocketCall.BIND);
        }
        if (!options.isEmpty()) {
            calls.add(SocketCall.CONNECT);
            calls.add(SocketCall.LISTEN);
        }
        return calls;
    }
}
