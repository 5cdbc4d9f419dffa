package lastack.forwarded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import lastack.kernel.KernelException;
import lastack.kernel.conntrack.Conntrack;
import lastack.kernel.packet.NextHops;
import lastack.model.ForwardedConnection;
import lastack.model.UnavailableException;

/** Several cutters at work: an end that is silent is waited for, and meanwhile others are cut. */
final class Crew {
    /** Each listens with two sockets to whatever the router receives. */
    private static final int MOST = 8;

    private final int size;
    private final Queue<ForwardedConnection> waiting;
    private final Duration patience;
    private final Consumer<CutResult> results;

    Crew(List<ForwardedConnection> connections, Duration patience, Consumer<CutResult> results) {
        this.size = Math.min(MOST, connections.size());
        this.waiting = new ConcurrentLinkedQueue<>(connections);
        this.patience = patience;
        this.results = results;
    }

    /** Cuts all of them, in the calling thread's network namespace, which threads started by it share. */
    void work() throws UnavailableException {
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> cutters = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                cutters.add(threads.submit(() -> {
                    cutOneAfterTheOther();
                    return true;
                }));
            }
            for (Future<?> cutter : cutters) {
                await(cutter);
            }
        }
    }

    private static void await(Future<?> cutter) throws UnavailableException {
        try {
            cutter.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("forwarded connections", "interrupted", "try again");
        }
    }

    private void cutOneAfterTheOther() throws UnavailableException {
        try (Conntrack conntrack = Conntrack.open();
                NextHops hops = NextHops.open();
                Cutter cutter = new Cutter(conntrack, hops, patience)) {
            for (ForwardedConnection next = waiting.poll(); next != null; next = waiting.poll()) {
                report(cutter.cut(next));
            }
        } catch (KernelException e) {
            throw ForwardedTable.unavailable(e);
        }
    }

    private synchronized void report(CutResult result) {
        results.accept(result);
    }
}
