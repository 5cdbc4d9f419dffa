package lastack.jvm;

import java.nio.file.Path;
import java.time.Duration;
import lastack.model.Durations;
import lastack.model.Sizes;
import lastack.model.UnavailableException;

/**
 * What a heap dump of a JVM would take, as far as can be told beforehand.
 *
 * @param process whose
 * @param used the bytes of its heap that are in use, those of lost objects too
 * @param room where it would go
 */
public record DumpCost(JvmProcess process, long used, DumpRoom room) {
    /** A dump has 25 bytes for each object and eight for each reference, where the heap often has twelve and four. */
    private static final double LARGEST_RATIO = 2.1;

    /** Its classes and names, which are not in the heap. */
    private static final long CLASSES = 30_000_000;

    /** A disk that is full harms others. */
    private static final long SPARED = 100_000_000;

    /** How much of a dump of small objects Java 25 was seen to write in a second, on two busy cores. */
    private static final long BYTES_PER_SECOND = 150_000_000;

    /** How large the file may become. */
    public long bytes() {
        return (long) (used * LARGEST_RATIO) + CLASSES;
    }

    /** How long the program may stand still. */
    public Duration pause() {
        return Duration.ofMillis(bytes() * 1000 / BYTES_PER_SECOND);
    }

    /** Throws where the file may not fit. */
    void refuseWithoutRoom() throws UnavailableException {
        if (room.bytes() - SPARED < bytes()) {
            throw Obstacles.obstacle(
                    process,
                    "a heap dump of it may take " + Sizes.format(bytes()) + ", and " + room + " has room for "
                            + Sizes.format(room.bytes()),
                    "make room there, or see where sockets are opened: lastack jvm "
                            + process.id().pid() + " --trace");
        }
    }

    /** Throws where its copy may not fit. */
    void refuseToKeep(Path copy) throws UnavailableException {
        Path folder = copy.toAbsolutePath().getParent();
        long free = folder == null ? 0 : folder.toFile().getUsableSpace();
        if (free - SPARED < bytes()) {
            throw new UnavailableException(
                    copy.toString(),
                    "a heap dump of " + process.label() + " may take " + Sizes.format(bytes()) + ", and " + folder
                            + " has room for " + Sizes.format(free),
                    "name another place to --keep, or leave it out");
        }
    }

    /** {@code a heap dump of java[4711]: up to 1.2 GB in its /tmp, ...}. */
    @Override
    public String toString() {
        return "a heap dump of " + process.label() + ": up to " + Sizes.format(bytes()) + " in " + room + " (room for "
                + Sizes.format(room.bytes())
                + ") until it is read; the program stands still meanwhile, for up to about "
                + Durations.format(pause().toMillis());
    }
}
