package lastack.model;

import org.jspecify.annotations.Nullable;

/**
 * One descriptor of one process through which a socket is held.
 *
 * @param process the process
 * @param comm its short name ({@code /proc/PID/comm}, at most 15 bytes)
 * @param cmdline its command line, arguments separated by spaces; empty when it cannot be read
 * @param uid its effective user id
 * @param user the name of that user, or the number as text when it has none
 * @param fd the descriptor's number
 * @param workload the container, pod or service it belongs to
 * @param pidInside its number in its own pid namespace, as its container shows it
 * @param jvm whether it is a Java virtual machine
 */
public record Owner(
        ProcessId process,
        String comm,
        String cmdline,
        int uid,
        String user,
        int fd,
        Workload workload,
        int pidInside,
        boolean jvm) {

    /** The process number. */
    public int pid() {
        return process.pid();
    }

    /** The id or name of the container it runs in, or null. */
    public @Nullable String container() {
        return workload.container();
    }

    /** {@code nc[4711]}. */
    public String label() {
        return comm + '[' + process.pid() + ']';
    }
}
