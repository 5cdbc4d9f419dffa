package lastack.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lastack.model.Age;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;

/**
 * The state changes of this host's TCP sockets, from now on. For one thread.
 *
 * <pre>{@code
 * try (StateChanges changes = StateChanges.open(Scope.everything())) {
 *     while (true) {
 *         changes.next(Duration.ofSeconds(1), change -> System.out.println(change));
 *     }
 * }
 * }</pre>
 */
public sealed interface StateChanges extends AutoCloseable permits TracedChanges, PolledChanges {
    /**
     * Begins to watch: by the kernel's tracepoint where that may be used, else by looking again and again.
     *
     * @throws UnavailableException when sockets cannot be listed at all, or there is no such namespace
     */
    static StateChanges open(Scope scope) throws UnavailableException {
        try {
            return TracedChanges.open(scope);
        } catch (TracingUnavailable e) {
            return new PolledChanges(scope, e.gap());
        }
    }

    /** What keeps the kernel's tracepoint from being used here; nothing where it can be. */
    static Optional<Gap> obstacle() {
        return TracedChanges.obstacle();
    }

    /**
     * Waits for changes, and hands over all there are. It has to be called again and again, or changes are lost; those are counted.
     *
     * @param atMost how long to wait for the first
     */
    void next(Duration atMost, Consumer<StateChange> consumer) throws UnavailableException;

    /** Whether it looks again and again, and so misses what comes and goes between two looks. */
    boolean isPolling();

    /** What cannot be seen. */
    List<Gap> gaps();

    /** How many changes were lost so far because they were not read in time. */
    long lost();

    /** How many changes were left out so far because it could not be told whether they were wanted: their sockets were gone too soon. */
    long undecided();

    /** How long a socket has been in its present state, if it was seen to come into it. */
    Optional<Age> ageOf(TcpSocket socket);

    @Override
    void close();
}
