package lastack.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or another signal that ends a program: work that goes on until then may say its last words first. The exit code stays that of
 * the signal.
 */
final class Interruption {
    private static final long PATIENCE_SECONDS = 3;

    private final CountDownLatch lastWords = new CountDownLatch(1);
    private final Runnable signalled;
    private volatile boolean asked;

    /** From now on signals are waited for. */
    Interruption() {
        this(() -> {});
    }

    /**
     * From now on signals are waited for.
     *
     * @param signalled what is done as soon as one comes, on another thread
     */
    Interruption(Runnable signalled) {
        this.signalled = signalled;
        Runtime.getRuntime().addShutdownHook(new Thread(this::holdUp, "interruption"));
    }

    private void holdUp() {
        asked = true;
        signalled.run();
        try {
            boolean said = lastWords.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assert said || asked;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it is time to end. */
    boolean isAsked() {
        return asked;
    }

    /** All has been said: where a signal came, the program ends here. */
    void release() {
        lastWords.countDown();
        if (asked) {
            sleepUntilTheEnd();
        }
    }

    private static void sleepUntilTheEnd() {
        try {
            Thread.sleep(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
