package lastack.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The kernel's {@code struct tcp_info} of one socket: as many of its fields as the running kernel delivered.
 *
 * <p>Older kernels deliver fewer fields and newer ones more; a field that was not delivered is absent, not zero.
 */
public final class TcpInfo {
    private final Map<String, Long> fields;

    /** Keeps the fields in the given order, by their kernel names without {@code tcpi_}. */
    public TcpInfo(Map<String, Long> fields) {
        this.fields = new LinkedHashMap<>(fields);
    }

    /** The field of this name (without {@code tcpi_}), in the unit {@code linux/tcp.h} gives it. */
    public OptionalLong field(String name) {
        Long value = fields.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** All fields, in the order of the struct. */
    public Map<String, Long> fields() {
        return java.util.Collections.unmodifiableMap(fields);
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
