package lastack.agent;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.instrument.Instrumentation;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for questions and answers them, one after the other, on a thread of its own; between them it sleeps in {@code read(2)}.
 *
 * <p>Asked through a named pipe that only this JVM's user can open: a line names a file beside it with the question, and the
 * answer becomes another.
 */
final class Station implements Consumer<String>, Runnable {
    private static final String NAME = "lastack";
    private static final String FOLDER = "lastack-";
    private static final long PAUSE_MILLIS = 200;
    private static final int USUAL_TRACE = 10_000;

    private final Instrumentation instrumentation;
    private final Runnable farewell;
    private final Memory memory;
    private final Trace trace;
    private final Remembered remembered = new Remembered();
    private @Nullable File folder;
    private @Nullable RandomAccessFile pipe;
    private volatile boolean leaving;

    Station(Instrumentation instrumentation, File jar, Runnable farewell) throws Exception {
        this.instrumentation = instrumentation;
        this.farewell = farewell;
        this.memory = new Memory(instrumentation);
        this.trace = new Trace(instrumentation, jar);
    }

    /** A sentence from {@link Agent}. */
    @Override
    public void accept(String sentence) {
        String[] words = sentence.split("\t", -1);
        try {
            if (words[0].equals("trace")) {
                trace.begin(words[1].isEmpty() ? USUAL_TRACE : Integer.parseInt(words[1]));
            } else if (words[0].equals("listen")) {
                listen(new File(words[1]));
            } else if (words[0].equals("open")) {
                listen(Files.createTempDirectory(Paths.get("/tmp"), FOLDER).toFile());
            }
        } catch (Exception e) {
            throw new IllegalStateException(sentence + ": " + e, e);
        }
    }

    private void listen(File place) throws IOException {
        if (pipe != null) {
            throw new IOException("already listening in " + folder);
        }
        folder = place;
        for (String name : new String[] {"", "questions", "agent.jar"}) {
            // Deleted at a regular end of the JVM, the folder last.
            new File(place, name).deleteOnExit();
        }
        // Open for both, a pipe never comes to an end; and whoever looks from outside sees that a reader is there.
        pipe = new RandomAccessFile(new File(place, "questions"), "rw");
        thread(NAME, this).start();
    }

    /** A thread that keeps nothing of the program's and never keeps it from ending. */
    static Thread thread(String name, Runnable work) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread thread = new Thread(group, work, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    @SuppressWarnings("ReferenceEquality") // The very object is meant.
    static boolean isOurs(Thread thread) {
        return thread == Thread.currentThread();
    }

    @Override
    public void run() {
        RandomAccessFile questions = pipe;
        File place = folder;
        try {
            while (!leaving && questions != null && place != null) {
                String token = questions.readLine();
                if (token != null) {
                    answer(place, token);
                } else {
                    // Java cannot make a pipe: where nobody made one, this is a plain file.
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (Throwable e) {
            // The folder is gone, or memory is short: silence is all that is left.
            leaving = true;
        }
        silence(questions);
    }

    private void silence(@Nullable RandomAccessFile questions) {
        try {
            if (questions != null) {
                questions.close();
            }
        } catch (IOException e) {
            leaving = true;
        }
        pipe = null;
        folder = null;
        if (leaving) {
            leave();
        }
    }

    private void leave() {
        trace.end();
        farewell.run();
        ClassLoader loader = Station.class.getClassLoader();
        try {
            if (loader instanceof URLClassLoader) {
                ((URLClassLoader) loader).close();
            }
        } catch (IOException e) {
            return;
        }
    }

    private void answer(File place, String token) throws IOException {
        File question = new File(place, "ask." + token);
        if (!question.isFile()) {
            return;
        }
        try (Answer answer = new Answer(place, token)) {
            try {
                answer(Ask.read(question), answer);
            } catch (Exception | LinkageError | StackOverflowError e) {
                answer.line("trouble", String.valueOf(e));
                answer.frames(e.getStackTrace());
            }
            answer.line("end");
        }
    }

    private void answer(Ask ask, Answer answer) throws Exception {
        answer.line(
                "jvm",
                System.getProperty("java.version", "?"),
                System.getProperty("java.vm.name", "?"),
                Long.toString(System.currentTimeMillis()),
                Long.toString(System.nanoTime()));
        answer.line("trace", trace.isOn() ? "on" : "off", Integer.toString(trace.count()));
        switch (ask.act) {
            case "find":
                find(ask, answer);
                break;
            case "close":
                close(ask, answer);
                break;
            case "trace":
                trace.begin(ask.argument.isEmpty() ? USUAL_TRACE : Integer.parseInt(ask.argument));
                break;
            case "leave":
                trace.end();
                leaving = true;
                break;
            case "dump":
                HeapDump.writeWanted(ask.argument);
                break;
            case "memory":
                HeapDump.estimate(answer);
                break;
            case "hello":
                break;
            default:
                answer.line("trouble", "unknown: " + ask.act);
                break;
        }
    }

    private void find(Ask ask, Answer answer) throws Exception {
        long begun = System.nanoTime();
        List<Trace.Opening> openings = trace.openings();
        Search search = search(ask, ask.wanted);
        List<Found> found = search.run(sockets(openings));
        answer.line(
                "walk",
                Integer.toString(search.walk().nodes()),
                Long.toString((System.nanoTime() - begun) / 1_000_000),
                search.end().name());
        Blocked blocked = new Blocked(memory);
        Description description = new Description(memory, search.walk(), ask.watched, blocked, answer);
        for (Found one : found) {
            description.tell(one);
            trace.tell(one, openings, answer);
        }
    }

    private Search search(Ask ask, List<Wanted> wanted) {
        return new Search(memory, instrumentation, new Walk(memory, ask.mostNodes, ask.mostMillis), wanted);
    }

    private static List<Object> sockets(List<Trace.Opening> openings) {
        List<Object> sockets = new ArrayList<>();
        for (Trace.Opening opening : openings) {
            Object socket = opening.socket();
            if (socket != null) {
                sockets.add(socket);
            }
        }
        return sockets;
    }

    /** One walk serves the closes that follow it at once; each makes sure of its object again. */
    private void close(Ask ask, Answer answer) throws Exception {
        for (Wanted wanted : ask.wanted) {
            Found found = remembered.of(wanted);
            if (found == null && !remembered.isFresh()) {
                remembered.replaceBy(search(ask, Remembered.everySocket()).run(sockets(trace.openings())));
                found = remembered.of(wanted);
            }
            if (found != null) {
                answer.line(new Closing(memory, found).run());
            }
        }
    }
}
