package lastack.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the agent's answer: each line belongs to what the lines before it began. Lines it does not know are left out. */
final class ReportReader {
    private String java = "";
    private String machine = "";
    private boolean tracing;
    private int opened;
    private long nowMillis;
    private long nowNanos;
    private int objects;
    private long millis;
    private String end = "";
    private boolean whole;
    private final List<SocketReader> sockets = new ArrayList<>();

    /** Reads it; throws where the answer says that something went wrong, or is cut off. */
    static JvmReport read(List<String> lines) throws IOException {
        ReportReader reader = new ReportReader();
        try {
            for (String line : lines) {
                reader.take(line.split("\t", -1));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the agent's answer cannot be understood", e);
        }
        if (!reader.whole) {
            throw new IOException("the agent's answer is cut off");
        }
        return reader.report();
    }

    private void take(String[] words) throws IOException {
        switch (words[0]) {
            case "jvm" -> {
                java = words[1];
                machine = words[2];
                nowMillis = Long.parseLong(words[3]);
                nowNanos = Long.parseLong(words[4]);
            }
            case "trace" -> {
                tracing = words[1].equals("on");
                opened = Integer.parseInt(words[2]);
            }
            case "walk" -> {
                objects = Integer.parseInt(words[1]);
                millis = Long.parseLong(words[2]);
                end = words[3];
            }
            case "socket" -> sockets.add(new SocketReader(Integer.parseInt(words[1]), Long.parseLong(words[2])));
            case "trouble" -> throw new IOException("the agent in it failed: " + words[1]);
            case "end" -> whole = true;
            default -> {
                if (!sockets.isEmpty()) {
                    sockets.getLast().take(words);
                }
            }
        }
    }

    private JvmReport report() {
        return new JvmReport(
                java,
                machine,
                tracing,
                opened,
                nowNanos,
                nowMillis,
                objects,
                millis,
                Set.of(),
                stopped(),
                sockets.stream().map(socket -> socket.socket(nowMillis)).toList());
    }

    private Optional<String> stopped() {
        return switch (end) {
            case "NODES" -> Optional.of("it stopped after " + objects + " objects");
            case "TIME" -> Optional.of("it stopped after " + millis + " ms");
            case "MEMORY" -> Optional.of("it stopped because the program's heap is nearly full");
            default -> Optional.empty();
        };
    }

    /** One socket. */
    private static final class SocketReader {
        private final int fd;
        private final long inode;
        private JavaObject object = new JavaObject("", "");
        private JavaObject inner = object;
        private String root = "";
        private String rootName = "";
        private final List<HolderPath.Step> steps = new ArrayList<>();
        private final List<BlockedThread> threads = new ArrayList<>();
        private final List<Registration> registrations = new ArrayList<>();
        private @Nullable BlockedThread holder;
        private List<Frame> frames = new ArrayList<>();
        private @Nullable Long openedMillis;
        private String openedBy = "";
        private List<Frame> openedFrames = List.of();

        SocketReader(int fd, long inode) {
            this.fd = fd;
            this.inode = inode;
        }

        void take(String[] words) {
            switch (words[0]) {
                case "object" -> object = new JavaObject(words[1], words[2]);
                case "inner" -> inner = new JavaObject(words[1], words[2]);
                case "root" -> {
                    root = words[1];
                    rootName = words[2];
                }
                case "step" ->
                    steps.add(new HolderPath.Step(words[1], new JavaObject(words[2], words[3]), new ArrayList<>()));
                case "fact" -> steps.getLast().facts().add(new HolderPath.Fact(words[1], Long.parseLong(words[2])));
                case "thread" -> thread(words);
                case "key" ->
                    registrations.add(new Registration(
                            new JavaObject(words[1], words[2]),
                            Integer.parseInt(words[3]),
                            words[4],
                            Optional.empty()));
                case "opened" -> {
                    openedMillis = Long.valueOf(words[1]);
                    openedBy = words[2];
                    openedFrames = frames = new ArrayList<>();
                }
                case "frame" -> frames.add(new Frame(words[1], words[2], words[3], Integer.parseInt(words[4])));
                default -> {
                    // From a newer agent.
                }
            }
        }

        private void thread(String[] words) {
            frames = new ArrayList<>();
            BlockedThread thread = new BlockedThread(words[1], words[2], words[3].equals("virtual"), frames);
            if (thread.doing().equals("holds")) {
                holder = thread;
            } else if (thread.doing().equals("selects")) {
                Registration known = registrations.removeLast();
                registrations.add(
                        new Registration(known.selector(), known.interest(), known.attachment(), Optional.of(thread)));
            } else {
                threads.add(thread);
            }
        }

        JvmSocket socket(long nowMillis) {
            Optional<Opening> opening = openedMillis == null || openedFrames.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Opening(Math.max(0, nowMillis - openedMillis), openedBy, openedFrames));
            Optional<HolderPath> path =
                    steps.isEmpty() ? Optional.empty() : Optional.of(new HolderPath(root, rootName, steps));
            return new JvmSocket(
                    fd, inode, object, inner, path, Optional.ofNullable(holder), threads, registrations, opening);
        }
    }
}
