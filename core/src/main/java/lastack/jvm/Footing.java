package lastack.jvm;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lastack.kernel.process.Privileges;
import lastack.model.UnavailableException;

/**
 * A thread that has become the JVM's user: all that is done in files the JVM's user could tamper with, and in its name, is done
 * here. What takes too long is left behind.
 */
final class Footing implements AutoCloseable {
    private final JvmProcess jvm;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("lastack jvm").factory());

    Footing(JvmProcess jvm, Privileges privileges) throws UnavailableException {
        this.jvm = jvm;
        run(Duration.ofSeconds(1), () -> {
            jvm.user().become(privileges);
            return true;
        });
    }

    /** Runs it there. */
    <T> T run(Duration patience, Callable<T> work) throws UnavailableException {
        try {
            return thread.submit(work).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw jvm.hasEnded() ? Obstacles.ended(jvm) : hangs(patience);
        } catch (ExecutionException e) {
            throw explained(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Obstacles.obstacle(jvm, "interrupted", "try again");
        }
    }

    private UnavailableException hangs(Duration patience) {
        return Obstacles.obstacle(
                jvm,
                "it has not answered for " + patience.toMillis()
                        + " ms: its threads cannot be brought to a stop, or it is starved of CPU",
                "lastack why works from outside; try again later");
    }

    private UnavailableException explained(Throwable cause) {
        if (cause instanceof UnavailableException known) {
            return known;
        }
        if (jvm.hasEnded()) {
            return Obstacles.ended(jvm);
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return Obstacles.obstacle(jvm, message, "see what this host allows: lastack doctor");
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
