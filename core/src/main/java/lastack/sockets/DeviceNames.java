package lastack.sockets;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import lastack.model.UnavailableException;
import org.jspecify.annotations.Nullable;

/** Names of network interfaces by index, in one network namespace. */
final class DeviceNames {
    private final Map<Integer, String> names = new HashMap<>();
    private final @Nullable Path namespace;

    /**
     * Names in the given namespace.
     *
     * @param namespace null for that of the calling thread
     */
    DeviceNames(@Nullable Path namespace) {
        this.namespace = namespace;
    }

    /** The interface's name, or {@code if7} when it has none any more. */
    String of(int index) {
        return names.computeIfAbsent(index, this::lookUp);
    }

    private String lookUp(int index) {
        if (namespace == null) {
            return nameHere(index);
        }
        try {
            return Namespaces.inside(namespace, () -> nameHere(index));
        } catch (UnavailableException e) {
            return "if" + index;
        }
    }

    private static String nameHere(int index) {
        try {
            NetworkInterface device = NetworkInterface.getByIndex(index);
            return device != null ? device.getName() : "if" + index;
        } catch (SocketException e) {
            return "if" + index;
        }
    }
}
