package lastack.sockets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine this runs on. */
public final class Host {
    private Host() {}

    /** Its name as the kernel has it, without a look-up. */
    public static String name() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.ISO_8859_1)
                    .trim();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
