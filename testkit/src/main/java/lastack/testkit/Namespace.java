package lastack.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import lastack.kernel.KernelException;
import lastack.kernel.NetNs;

/**
 * A network namespace of its own, with {@code lo} up, on a platform thread that does nothing else.
 *
 * <p>Processes and threads started on that thread inherit the namespace. Closing leaves no socket behind.
 */
public final class Namespace implements AutoCloseable {
    private final ExecutorService executor;
    private final Thread thread;
    private final Path path;
    private final long inode;
    private final List<String> cables = new ArrayList<>();

    /** Runs on the thread that becomes the namespace's. */
    private Namespace(ExecutorService executor) throws IOException, KernelException {
        NetNs.unshare();
        this.executor = executor;
        this.thread = Thread.currentThread();
        this.path = Path.of("/proc")
                .resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")).resolve("ns/net"));
        this.inode = NetNs.current();
    }

    /** Makes a namespace ({@code CAP_SYS_ADMIN}: root, or a shell made by {@code unshare -Ur}). */
    public static Namespace open() {
        ExecutorService executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("namespace-", 0).factory());
        try {
            Namespace made = executor.submit(() -> new Namespace(executor)).get();
            made.exec("ip", "link", "set", "lo", "up");
            return made;
        } catch (ExecutionException e) {
            throw refused(executor, "a network namespace takes root or a shell made by `unshare -Ur`", e);
        } catch (IllegalStateException e) {
            throw refused(executor, "a network namespace takes iproute2", e);
        } catch (InterruptedException e) {
            executor.shutdown();
            throw Interrupted.because(e);
        }
    }

    private static IllegalStateException refused(ExecutorService executor, String need, Exception cause) {
        executor.shutdown();
        return new IllegalStateException(need + ": " + cause.getMessage(), cause);
    }

    /** Its inode number on nsfs. */
    public long inode() {
        return inode;
    }

    /** A path to it, good for {@code setns(2)} and for {@code ip link ... netns} until it is closed. */
    public Path path() {
        return path;
    }

    /** Its TCP sockets. */
    public TcpTable tcp() {
        return new TcpTable(this);
    }

    /** Runs code on the thread inside it and hands back what that returns. An exception comes back as it is. */
    public <T> T call(Callable<T> code) throws Exception {
        if (Thread.currentThread().equals(thread)) {
            return code.call();
        }
        try {
            return executor.submit(code).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Starts a process inside it. */
    public Process start(ProcessBuilder builder) {
        try {
            return call(builder::start);
        } catch (Exception e) {
            throw new IllegalStateException("cannot start " + builder.command(), e);
        }
    }

    /** Runs a program inside it to its end and hands back what it printed; anything but exit status 0 throws. */
    public String exec(String... command) {
        Process process = start(new ProcessBuilder(command).redirectErrorStream(true));
        try {
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": exit " + status + ": " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            throw Interrupted.because(e);
        }
    }

    /** Whether it is closed. */
    public boolean isClosed() {
        return executor.isShutdown();
    }

    /** Notes a network interface that is to be removed at the end. */
    void unplugAtEnd(String device) {
        cables.add(device);
    }

    /**
     * Destroys what sockets are left, pulls the cables and ends the thread.
     *
     * <p>The kernel may keep the empty namespace for a minute: Java's idle "process reaper" threads were born in it.
     */
    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        try {
            tcp().sweep();
            cables.stream().filter(devices()::contains).forEach(cable -> exec("ip", "link", "del", cable));
        } finally {
            endThread();
        }
    }

    /** Each line begins with {@code NAME:}. */
    private Set<String> devices() {
        try {
            return call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/dev"))).stream()
                    .map(line -> line.split(":", 2)[0].strip())
                    .collect(Collectors.toSet());
        } catch (Exception e) {
            throw new IllegalStateException("devices of " + this, e);
        }
    }

    private void endThread() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("code is still running in " + this);
            }
        } catch (InterruptedException e) {
            throw Interrupted.because(e);
        }
    }

    @Override
    public String toString() {
        return "net:[" + inode + "]";
    }
}
