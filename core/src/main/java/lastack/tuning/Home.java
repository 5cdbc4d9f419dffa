package lastack.tuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.KernelException;
import lastack.kernel.NetNs;

/**
 * Which network namespace of which boot a change was made in.
 *
 * @param boot the boot's random number
 * @param namespace the namespace's cookie; before Linux 5.14 its inode, which may be used again
 */
record Home(String boot, String namespace) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** That of the calling thread. */
    static Home current() throws IOException {
        String boot = Files.readAllLines(BOOT, StandardCharsets.US_ASCII).getFirst();
        return new Home(boot, namespaceHere());
    }

    private static String namespaceHere() throws IOException {
        try {
            return Long.toHexString(NetNs.cookie());
        } catch (KernelException e) {
            return "inode-" + NetNs.current();
        }
    }

    /** Whether the calling thread is in the host's own namespace, for which sysctl.d(5) is read: only there are the host's settings. */
    static boolean isFirstNamespace() throws IOException {
        return LiveSettings.read(Setting.TCP_MAX_ORPHANS).isPresent();
    }
}
