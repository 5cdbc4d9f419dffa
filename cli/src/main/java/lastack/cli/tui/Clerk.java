package lastack.cli.tui;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import org.jspecify.annotations.Nullable;

/** Does what takes its time, one after the other on a thread of its own, and keeps the plan between showing it and the answer. */
final class Clerk implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("clerk").factory());
    private final Acts acts;
    private final Consumer<Event> events;
    private final Consumer<Throwable> mishaps;
    private Acts.@Nullable Intent intent;

    /**
     * Ready to work.
     *
     * @param mishaps told of what should never happen
     */
    Clerk(Acts acts, Consumer<Event> events, Consumer<Throwable> mishaps) {
        this.acts = acts;
        this.events = events;
        this.mishaps = mishaps;
    }

    void readFilter(String text) {
        work(() -> new Event.FilterRead(acts.filter(text)));
    }

    void explain(TcpSocket socket, int columns) {
        work(() -> new Event.Told(socket.state() + "  " + socket.id(), acts.explain(socket, columns)));
    }

    void plan(Filter filter, Set<Mark> sockets) {
        work(() -> {
            drop();
            Acts.Intent made = acts.plan(filter, sockets);
            intent = made;
            return new Event.Planned(made.preview(), made.actionable());
        });
    }

    void carryOut() {
        work(() -> {
            Acts.Intent agreed = intent;
            if (agreed == null) {
                return new Event.Failed("there is no plan");
            }
            try {
                return new Event.Told("closed", agreed.carryOut());
            } finally {
                drop();
            }
        });
    }

    void dropPlan() {
        thread.execute(this::drop);
    }

    private void drop() {
        if (intent != null) {
            intent.close();
            intent = null;
        }
    }

    /** Something that ends in an event. */
    private interface Work {
        Event done() throws FilterSyntaxException, UnavailableException;
    }

    private void work(Work work) {
        thread.execute(() -> {
            try {
                events.accept(work.done());
            } catch (FilterSyntaxException e) {
                events.accept(new Event.FilterRefused(e.message().lines().toList()));
            } catch (UnavailableException e) {
                events.accept(new Event.Failed(String.valueOf(e.getMessage())));
            } catch (RuntimeException | Error e) {
                mishaps.accept(e);
            }
        });
    }

    /** What is being done is done to its end: a plan half carried out would not be told. */
    @Override
    public void close() {
        thread.execute(this::drop);
        thread.shutdown();
    }
}
