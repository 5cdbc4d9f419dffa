package lastack.cli.completion;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lastack.filter.Filter;
import lastack.model.Endpoint;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;

/** What there is on this host at this moment. Nobody who presses TAB wants to hear what could not be seen: then there is nothing. */
final class Present {
    private static final Path PROC = Path.of("/proc");

    /** {@code PF_KTHREAD} in the flags of proc_pid_stat(5), which stand so far behind the name. */
    private static final long KERNEL_THREAD = 0x0020_0000;

    private static final int FLAGS = 6;

    /** How many sockets are looked at: enough to know the busy ports, and done in time. */
    private static final int MOST_SOCKETS = 20_000;

    private final String netns;

    /** Sockets are looked for in this namespace. */
    Present(String netns) {
        this.netns = netns;
    }

    List<Candidate> localPorts() {
        return byFrequency(socket -> String.valueOf(socket.local().port()));
    }

    List<Candidate> peerPorts() {
        return byFrequency(socket -> peer(socket, peer -> String.valueOf(peer.port())));
    }

    List<Candidate> localAddresses() {
        return byFrequency(socket -> socket.local().address().toString());
    }

    List<Candidate> peerAddresses() {
        return byFrequency(socket -> peer(socket, peer -> peer.address().toString()));
    }

    /** Nothing where there is no peer. */
    private static String peer(TcpSocket socket, Function<Endpoint, String> word) {
        return socket.peer().port() == 0 ? "" : word.apply(socket.peer());
    }

    private List<Candidate> byFrequency(Function<TcpSocket, String> property) {
        Map<String, Integer> counts = new HashMap<>();
        try (SocketTables tables = SocketTables.open(netns)) {
            int[] seen = {0};
            tables.stream(Query.of(Filter.all()).withoutOwners(), socket -> {
                if (seen[0]++ == MOST_SOCKETS) {
                    throw new Enough();
                }
                counts.merge(property.apply(socket), 1, Integer::sum);
            });
        } catch (UnavailableException | Enough e) {
            // What was seen will do.
        }
        counts.remove("");
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> new Candidate(
                        entry.getKey(), entry.getValue() + (entry.getValue() == 1 ? " socket" : " sockets")))
                .toList();
    }

    /** Ends the listing. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super(null, null, false, false);
        }
    }

    /** Numbers of processes, with the names of their programs. */
    List<Candidate> processes() {
        List<Candidate> processes = new ArrayList<>();
        for (Path process : list(PROC, "[0-9]*")) {
            String name = program(process);
            if (!name.isEmpty()) {
                processes.add(new Candidate(process.getFileName().toString(), name));
            }
        }
        processes.sort(Comparator.comparingInt(process -> Integer.parseInt(process.word())));
        return processes;
    }

    List<Candidate> programs() {
        return processes().stream()
                .map(Candidate::meaning)
                .distinct()
                .sorted()
                .map(Candidate::new)
                .toList();
    }

    /** The name of its program; nothing for a thread of the kernel, which has no sockets. */
    private static String program(Path process) {
        String stat = text(process.resolve("stat"));
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 0 || close < open) {
            return "";
        }
        String[] behind = stat.substring(close + 1).strip().split(" ", FLAGS + 2);
        boolean kernel = behind.length <= FLAGS || (Long.parseLong(behind[FLAGS]) & KERNEL_THREAD) != 0;
        return kernel ? "" : stat.substring(open + 1, close);
    }

    List<Candidate> namespaces() {
        return list(Path.of("/run/netns"), "*").stream()
                .map(path -> new Candidate(path.getFileName().toString(), "network namespace"))
                .toList();
    }

    List<Candidate> users() {
        return firstFields(text(Path.of("/etc/passwd")));
    }

    List<Candidate> interfaces() {
        return firstFields(text(PROC.resolve("net/dev")));
    }

    /** What stands before the colon in each line that has one. */
    private static List<Candidate> firstFields(String table) {
        return table.lines()
                .filter(line -> line.contains(":"))
                .map(line -> new Candidate(line.substring(0, line.indexOf(':')).strip()))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Path> list(Path folder, String names) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return found;
    }
}
