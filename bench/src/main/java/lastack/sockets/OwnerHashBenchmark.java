package lastack.sockets;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From inodes to their holders, with as many as a busy host has; nanoseconds each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OwnerHashBenchmark {
    private static final int HOLDERS = 100_000;

    private final HolderMap full = filled();
    private long sum;

    private static HolderMap filled() {
        HolderMap map = new HolderMap();
        for (int i = 0; i < HOLDERS; i++) {
            map.add(4_000_000 + i, i / 50, i % 50);
        }
        return map;
    }

    /** Remembers every holder. */
    @Benchmark
    @OperationsPerInvocation(HOLDERS)
    public HolderMap add() {
        return filled();
    }

    /** Finds every holder again. */
    @Benchmark
    @OperationsPerInvocation(HOLDERS)
    public long find() {
        sum = 0;
        for (int i = 0; i < HOLDERS; i++) {
            full.forEach(4_000_000 + i, (pid, fd) -> sum += pid + fd);
        }
        return sum;
    }
}
