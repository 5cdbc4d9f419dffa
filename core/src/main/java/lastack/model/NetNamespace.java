package lastack.model;

import org.jspecify.annotations.Nullable;

/**
 * A network namespace.
 *
 * @param inode its inode number on nsfs, as in {@code /proc/PID/ns/net}
 * @param name the name under {@code /run/netns}, or null
 */
public record NetNamespace(long inode, @Nullable String name) {
    /** The name, or the inode number as text. */
    public String label() {
        return name != null ? name : Long.toString(inode);
    }
}
