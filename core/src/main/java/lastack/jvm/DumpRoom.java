package lastack.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much fits into the {@code /tmp} of a JVM.
 *
 * @param bytes so much
 * @param inMemory whether it lies in memory, where a file counts against the limit of the JVM's container
 */
public record DumpRoom(long bytes, boolean inMemory) {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final long KIB = 1024;

    static DumpRoom of(JvmProcess jvm, Path folder) throws IOException {
        long disk = folder.toFile().getUsableSpace();
        if (!isInMemory(jvm)) {
            return new DumpRoom(disk, false);
        }
        return new DumpRoom(Math.min(disk, Math.min(available(), leftToContainer(jvm))), true);
    }

    /** The file system that is mounted last on {@code /tmp}, or else on {@code /}; {@code proc_pid_mountinfo(5)}. */
    private static boolean isInMemory(JvmProcess jvm) throws IOException {
        String type = "";
        boolean own = false;
        for (String line :
                read(Path.of("/proc/" + jvm.id().pid() + "/mountinfo")).split("\n", -1)) {
            String[] halves = line.split(" - ", 2);
            String place = halves.length < 2 ? "" : halves[0].split(" ", 6)[4];
            if (place.equals("/tmp") || (place.equals("/") && !own)) {
                own = place.equals("/tmp");
                type = halves[1].split(" ", 2)[0];
            }
        }
        return type.equals("tmpfs") || type.equals("ramfs");
    }

    /** What the whole machine has left; {@code proc_meminfo(5)}. */
    private static long available() throws IOException {
        for (String line : read(Path.of("/proc/meminfo")).split("\n", -1)) {
            if (line.startsWith("MemAvailable:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
            }
        }
        return Long.MAX_VALUE;
    }

    /** The least that its control groups have left, up to the root; cgroup v2. */
    private static long leftToContainer(JvmProcess jvm) throws IOException {
        long left = Long.MAX_VALUE;
        String own = read(Path.of("/proc/" + jvm.id().pid() + "/cgroup"));
        int unified = own.indexOf("0::/");
        if (unified >= 0) {
            String path =
                    own.substring(unified + "0::/".length()).lines().findFirst().orElse("");
            Path at = CGROUPS.resolve(path).normalize();
            while (at != null && at.startsWith(CGROUPS)) {
                left = Math.min(left, left(at));
                at = at.getParent();
            }
        }
        return left;
    }

    private static long left(Path group) {
        try {
            String most = read(group.resolve("memory.max")).trim();
            long used = Long.parseLong(read(group.resolve("memory.current")).trim());
            return most.equals("max") ? Long.MAX_VALUE : Long.parseLong(most) - used;
        } catch (IOException | NumberFormatException e) {
            // The root has neither; nor has a group without the memory controller.
            return Long.MAX_VALUE;
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** {@code its /tmp}, and what is special about it. */
    @Override
    public String toString() {
        return inMemory ? "its /tmp, which lies in memory," : "its /tmp";
    }
}
