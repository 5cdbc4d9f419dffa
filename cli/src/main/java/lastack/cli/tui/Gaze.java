package lastack.cli.tui;

import java.time.Duration;
import java.util.function.Consumer;
import lastack.cli.census.Lookout;
import lastack.cli.census.Question;

/** Looks again and again, on a thread of its own; never for more than half of the time. */
final class Gaze implements Runnable {
    /** Behind the first look: by then it is mostly known who holds what. */
    private static final Duration SOON = Duration.ofMillis(100);

    private final Lookout lookout;
    private final Duration every;
    private final Consumer<Event> events;
    private Question question;
    private boolean paused;
    private boolean asked;

    Gaze(Lookout lookout, Question question, Duration every, Consumer<Event> events) {
        this.lookout = lookout;
        this.question = question;
        this.every = every;
        this.events = events;
    }

    /** Looks at something else, at once, even while paused. */
    synchronized void ask(Question next) {
        question = next;
        asked = true;
        notifyAll();
    }

    synchronized void pause(boolean stop) {
        paused = stop;
        asked = !stop;
        notifyAll();
    }

    @Override
    public void run() {
        try {
            Duration pause = SOON;
            while (true) {
                long start = System.nanoTime();
                events.accept(new Event.Looked(lookout.look(question())));
                long end = System.nanoTime();
                awaitNext(Math.max(start + pause.toNanos(), end + (end - start)));
                pause = every;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Question question() {
        asked = false;
        return question;
    }

    private synchronized void awaitNext(long nanoTime) throws InterruptedException {
        while (!asked && (paused || nanoTime - System.nanoTime() > 0)) {
            long millis = Math.max(1, (nanoTime - System.nanoTime()) / 1_000_000);
            wait(paused ? 0 : millis);
        }
    }
}
