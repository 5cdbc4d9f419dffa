package lastack.sockets;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lastack.kernel.diag.SockDiag;
import org.jspecify.annotations.Nullable;

/** Names of network interfaces by index, in the namespace of one table, each asked for once. */
final class DeviceNames {
    private final Map<Integer, Optional<String>> names = new HashMap<>();
    private final SockDiag diag;

    DeviceNames(SockDiag diag) {
        this.diag = diag;
    }

    /** The interface's name, or null when it has none any more. */
    @Nullable
    String of(int index) {
        return names.computeIfAbsent(index, key -> Optional.ofNullable(diag.deviceName(key)))
                .orElse(null);
    }
}
