package lastack.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lastack.kernel.KernelException;
import lastack.kernel.process.Pidfd;
import lastack.kernel.process.ProcStat;
import lastack.model.Family;
import lastack.model.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * A small C process that holds sockets in a namespace and does with them what it is told (see actor.c).
 *
 * <p>It ends when it is closed, and with the namespace's thread or this JVM if that comes first.
 */
public final class Actor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SIGCONT = 18;

    /** The actor's parent, which ends with it. */
    private final Process guardian;

    private final ProcessHandle process;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<ProcessHandle> children = new ArrayList<>();

    private Actor(Process guardian) {
        this.guardian = guardian;
        this.commands = guardian.outputWriter();
        Thread.ofPlatform().daemon().name("actor").start(this::readAnswers);
        this.process = ProcessHandle.of(Long.parseLong(hear(PATIENCE, "start")[1]))
                .orElseThrow(() -> new ActorException("start", "it ended at once"));
    }

    /** Starts one in the namespace. */
    public static Actor in(Namespace namespace) {
        String parent = Long.toString(ProcessHandle.current().pid());
        return new Actor(namespace.start(new ProcessBuilder(ActorProgram.path().toString(), parent)
                .redirectError(ProcessBuilder.Redirect.INHERIT)));
    }

    private void readAnswers() {
        try (BufferedReader reader = guardian.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            answers.add("err " + e.getMessage());
        }
        answers.add("err the process has ended");
    }

    /** Its process number. */
    public int pid() {
        return (int) process.pid();
    }

    /** Its process number and start time. */
    public ProcessId process() {
        return new ProcessId(pid(), ProcStat.startTime(pid()));
    }

    /** Whether it lives. */
    public boolean isAlive() {
        return guardian.isAlive();
    }

    /** Makes a TCP socket; one of {@link Family#INET6} also takes IPv4 addresses and is v4-mapped then. */
    public ActorSocket socket(Family family) {
        return new ActorSocket(this, (int) askNumber("socket", family == Family.INET6 ? 6 : 4));
    }

    /** Forks a child that keeps every socket open and sleeps. */
    public int fork() {
        int pid = (int) askNumber("fork");
        ProcessHandle.of(pid).ifPresent(children::add);
        return pid;
    }

    /** Kills one of the children it forked. */
    public void killChild(int pid) {
        ask("kill", pid);
    }

    /** Becomes another user's process. */
    public void become(int uid) {
        ask("become", uid);
    }

    /** Stops itself (SIGSTOP). Until it is resumed, nothing else may be asked of it. */
    public void stop() {
        ask("stop");
        Deadline.await("actor " + pid() + " to stop", this::stopped, () -> ProcStat.state(pid()));
    }

    private Optional<Boolean> stopped() {
        return ProcStat.state(pid()).equals(OptionalInt.of('T')) ? Optional.of(true) : Optional.empty();
    }

    /** Lets it go on after {@link #stop()}. */
    public void resume() {
        try (Pidfd pidfd = Pidfd.open(process())) {
            pidfd.signal(SIGCONT);
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many descriptors it may have open. */
    public int descriptorLimit() {
        return (int) askNumber("limit");
    }

    /** Gives a command whose answer is one number. */
    long askNumber(Object... words) {
        return Long.parseLong(ask(words)[1]);
    }

    /** Gives a command and waits for the answer: {@code ok} and what it says. */
    synchronized String[] ask(Object... words) {
        return ask(PATIENCE, words);
    }

    /** The same where it may take longer, or shorter. */
    synchronized String[] ask(Duration patience, Object... words) {
        String command = command(words);
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new ActorException(command, "the process has ended");
        }
        return hear(patience, command);
    }

    private String[] hear(Duration patience, String command) {
        String answer = answer(patience);
        if (answer == null) {
            guardian.destroyForcibly();
            throw new ActorException(command, "no answer within " + patience);
        }
        String[] parts = answer.split(" ", -1);
        if (!parts[0].equals("ok")) {
            throw new ActorException(command, answer.substring("err ".length()));
        }
        return parts;
    }

    private static String command(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return line.toString();
    }

    private @Nullable String answer(Duration patience) {
        try {
            return answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw Interrupted.because(e);
        }
    }

    /** Ends it and its children. */
    @Override
    public void close() {
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            if (!guardian.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("actor " + pid() + " does not end");
            }
        } catch (InterruptedException e) {
            throw Interrupted.because(e);
        }
    }

    @Override
    public String toString() {
        return "actor[" + pid() + "]";
    }
}
