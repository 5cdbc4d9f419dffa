package lastack.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import lastack.cli.print.Output;
import lastack.cli.print.TablePrinter;
import lastack.cli.print.TableStyle;
import lastack.cli.print.Terminal;
import lastack.filter.Filter;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;

/** Lists every socket of this namespace again and again, each as a row, and tells the CPU time of a round: {@code WarmListing ROUNDS}. */
public final class WarmListing {
    /** By then everything is compiled. */
    private static final int WARM_UP = 15;

    /** {@code USER_HZ}, proc_pid_stat(5). */
    private static final long MILLIS_PER_TICK = 10;

    private static final TableStyle PLAIN =
            new TableStyle(false, false, false, false, false, false, false, false, false, false);
    private static final Terminal PIPE = new Terminal(false, false, Integer.MAX_VALUE, true);
    private static final Query EVERYTHING = Query.of(Filter.all()).withoutOwners();

    private WarmListing() {}

    /** Prints the mean of the rounds, in milliseconds. */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        list(WARM_UP);
        long before = cpuMillis();
        list(rounds);
        System.out.printf("%.1f%n", (double) (cpuMillis() - before) / rounds);
    }

    private static void list(int rounds) throws UnavailableException {
        for (int round = 0; round < rounds; round++) {
            try (SocketTables tables = SocketTables.open("self");
                    Output out = new Output(OutputStream.nullOutputStream())) {
                TablePrinter printer = new TablePrinter(out, PIPE, PLAIN);
                tables.scan(EVERYTHING, printer::print);
                printer.finish(List.of());
            }
        }
    }

    /** Of the whole process: also of the compiler, the collector and the thread that receives. */
    private static long cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Arrays.stream(fields, 11, 13).mapToLong(Long::parseLong).sum() * MILLIS_PER_TICK;
    }
}
