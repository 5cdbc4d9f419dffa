package lastack.sockets;

import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lastack.bench.Kernelfuls;
import lastack.cli.print.Output;
import lastack.cli.print.TablePrinter;
import lastack.cli.print.TableStyle;
import lastack.cli.print.Terminal;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.kernel.diag.SockDiag;
import lastack.model.NetNamespace;
import lastack.model.UnavailableException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a datagram through a filter, and to the bytes of a row; nanoseconds each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowBenchmark {
    private static final TableStyle PLAIN =
            new TableStyle(false, false, false, false, false, false, false, false, false, false);
    private static final Terminal PIPE = new Terminal(false, false, Integer.MAX_VALUE, true);

    private final SocketTable table = SocketTable.over(new SockDiag(new Kernelfuls()), new NetNamespace(1, null));
    private final Query all = Query.of(Filter.all()).withoutOwners();
    private final Query some = Query.of(parsed()).withoutOwners();
    private final TablePrinter printer = streaming();
    private long count;

    /** One whose columns have their widths already. */
    private static TablePrinter streaming() {
        TablePrinter printer = new TablePrinter(new Output(OutputStream.nullOutputStream()), PIPE, PLAIN);
        printer.finish(List.of());
        return printer;
    }

    private static Filter parsed() {
        try {
            return Filter.parse("( sport = :8080 or dst 10.0.0.0/8 ) and not src 127.0.0.2 and age > 1s");
        } catch (FilterSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Decides of each socket whether it was asked for. */
    @Benchmark
    @OperationsPerInvocation(Kernelfuls.SOCKETS)
    public long filter() throws UnavailableException {
        count = 0;
        table.scan(some, new LazyOwners(), socket -> count++);
        return count;
    }

    /** Writes a row for each. */
    @Benchmark
    @OperationsPerInvocation(Kernelfuls.SOCKETS)
    public void format() throws UnavailableException {
        table.scan(all, new LazyOwners(), printer::print);
    }
}
