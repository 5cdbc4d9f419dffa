package lastack.kernel.diag;

import java.util.concurrent.TimeUnit;
import lastack.bench.Kernelfuls;
import lastack.kernel.KernelException;
import lastack.model.Family;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a datagram to the fields of its sockets; nanoseconds each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
    private final SockDiag diag = new SockDiag(new Kernelfuls());
    private long sum;

    /** Addresses, ports, queues, inode and cookie of each. */
    @Benchmark
    @OperationsPerInvocation(Kernelfuls.SOCKETS)
    public long decode() throws KernelException {
        sum = 0;
        diag.dump(
                Family.INET,
                -1,
                SockDiag.Extent.INFO,
                message -> sum += message.localAddress().low()
                        + message.peerAddress().low()
                        + message.peerPort()
                        + message.receiveQueue()
                        + message.inode()
                        + message.cookie()
                        + message.lastAckReceivedMillis());
        return sum;
    }
}
