package lastack.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lastack.model.TcpState;

/** Very many CLOSE-WAIT sockets, over as many processes as the descriptor limit makes necessary. */
public final class Crowd implements AutoCloseable {
    /** What a process needs besides: standard streams, the listener, one client. */
    private static final int SPARE_DESCRIPTORS = 16;

    /** 127.GROUP.0.1 and up are the peers of one process; 127.0 and 127.255 are left alone. */
    private static final int MOST_GROUPS = 254;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Namespace namespace;
    private final List<Actor> holders = new ArrayList<>();

    private Crowd(Namespace namespace) {
        this.namespace = namespace;
    }

    /** Makes that many; their peers have closed and are gone after a minute. */
    public static Crowd of(Namespace namespace, int sockets) {
        return of(namespace, sockets, Integer.MAX_VALUE);
    }

    static Crowd of(Namespace namespace, int sockets, int mostPerProcess) {
        Crowd crowd = new Crowd(namespace);
        try {
            crowd.gather(sockets, mostPerProcess);
            return crowd;
        } catch (RuntimeException e) {
            crowd.close();
            throw e;
        }
    }

    private void gather(int sockets, int mostPerProcess) {
        int before = count();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<?>> shares = new ArrayList<>();
            for (int left = sockets; left > 0; ) {
                Actor holder = addHolder();
                int share = Math.min(left, Math.min(mostPerProcess, holder.descriptorLimit() - SPARE_DESCRIPTORS));
                int group = holders.size();
                shares.add(workers.submit(() -> holder.ask(PATIENCE, "crowd", share, group)));
                left -= share;
            }
            shares.forEach(Crowd::finish);
        }
        Deadline.await(
                sockets + " in CLOSE-WAIT",
                () -> count() - before >= sockets ? Optional.of(true) : Optional.empty(),
                this::count);
    }

    private Actor addHolder() {
        if (holders.size() == MOST_GROUPS) {
            throw new IllegalStateException("the descriptor limit is too low (ulimit -Hn) for so large a crowd");
        }
        Actor holder = Actor.in(namespace);
        holders.add(holder);
        return holder;
    }

    private static void finish(Future<?> share) {
        try {
            share.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot make a crowd", e.getCause());
        } catch (InterruptedException e) {
            throw Interrupted.because(e);
        }
    }

    /** How many sockets of the namespace are in CLOSE-WAIT now. */
    public int count() {
        return namespace.tcp().count(TcpState.CLOSE_WAIT);
    }

    /** The processes that hold them. */
    public List<Actor> holders() {
        return List.copyOf(holders);
    }

    /** Ends the processes; the kernel finishes the sockets. */
    @Override
    public void close() {
        holders.forEach(Actor::close);
    }
}
