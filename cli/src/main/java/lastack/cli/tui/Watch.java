package lastack.cli.tui;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import lastack.cli.census.Lookout;
import lastack.cli.census.Question;
import lastack.model.Durations;

/** Joins the view to a terminal, to looks and to acts: takes events one after the other, and draws when there are no more. */
public final class Watch {
    private final BlockingQueue<Object> happenings = new LinkedBlockingQueue<>();
    private final Console console;
    private final Gaze gaze;
    private final Clerk clerk;
    private View view;
    private Optional<Integer> exitCode = Optional.empty();

    /**
     * What is to be shown, and how.
     *
     * @param host whose sockets these are
     * @param every how often to look
     * @param question what to look at first
     * @param colours whether to use colours
     * @param ascii whether the terminal can show nothing but ASCII
     */
    public record Settings(String host, Duration every, Question question, boolean colours, boolean ascii) {}

    private Watch(Console console, Lookout lookout, Acts acts, Settings settings) {
        this.console = console;
        this.gaze = new Gaze(lookout, settings.question(), settings.every(), happenings::add);
        this.clerk = new Clerk(acts, happenings::add, happenings::add);
        Event.Resized size = console.resized();
        this.view = View.first(
                new View.Size(size.columns(), size.rows(), settings.ascii()),
                settings.host(),
                span(settings.every().toMillis()),
                settings.question());
    }

    /** Whole seconds without a tenth. */
    private static String span(long millis) {
        boolean seconds = millis % 1_000 == 0 && millis < 60_000;
        return seconds ? millis / 1_000 + "s" : Durations.format(millis);
    }

    /** Shows it until the user has seen enough; the exit code. */
    public static int run(Lookout lookout, Acts acts, Settings settings) throws IOException {
        try (Console console = Console.open(settings.colours())) {
            Watch watch = new Watch(console, lookout, acts, settings);
            console.tellSignals(watch.happenings::add);
            return watch.untilQuit();
        }
    }

    private int untilQuit() throws IOException {
        Keyboard keyboard = console.keyboard();
        start("keys", () -> readKeys(keyboard));
        start("looks", gaze);
        try (clerk) {
            draw();
            while (exitCode.isEmpty()) {
                take();
            }
            return exitCode.get();
        }
    }

    private void start(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                happenings.add(e);
            }
        });
    }

    private void readKeys(Keyboard keyboard) {
        Optional<Event> event = keyboard.read();
        while (event.isPresent()) {
            happenings.add(event.get());
            event = keyboard.read();
        }
        happenings.add(new Event.Ended(Exit.HUNG_UP));
    }

    /** All that has happened by now, then one drawing of it. */
    private void take() throws IOException {
        try {
            handle(happenings.take());
            for (Object next = happenings.poll(); next != null && exitCode.isEmpty(); next = happenings.poll()) {
                handle(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exitCode = Optional.of(Exit.INTERRUPTED);
        }
        if (exitCode.isEmpty()) {
            draw();
        }
    }

    private void draw() {
        if (!console.draw(Painter.paint(view))) {
            exitCode = Optional.of(Exit.HUNG_UP);
        }
    }

    /** What should never happen on another thread ends this one, which gives the terminal back. */
    private void handle(Object happening) throws IOException {
        switch (happening) {
            case Event event -> {
                Step step = Update.of(view, event);
                view = step.view();
                for (Wish wish : step.wishes()) {
                    fulfil(wish);
                }
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(happening.toString());
        }
    }

    private void fulfil(Wish wish) throws IOException {
        switch (wish) {
            case Wish.Quit(int code) -> exitCode = Optional.of(code);
            case Wish.Suspend _ -> {
                console.suspend();
                happenings.add(console.resized());
            }
            case Wish.Redraw _ -> console.forget();
            case Wish.Ask(Question question) -> gaze.ask(question);
            case Wish.Pause(boolean paused) -> gaze.pause(paused);
            case Wish.ReadFilter(String text) -> clerk.readFilter(text);
            case Wish.Explain explain ->
                clerk.explain(explain.socket(), view.size().columns() - 2);
            case Wish.Plan plan -> clerk.plan(view.question().filter(), plan.sockets());
            case Wish.CarryOut _ -> clerk.carryOut();
            case Wish.DropPlan _ -> clerk.dropPlan();
        }
    }
}
