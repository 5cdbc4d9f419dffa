package lastack.kernel.ptrace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lastack.kernel.process.Pidfd;
import lastack.kernel.process.ProcStat;
import lastack.model.ProcessId;

/**
 * A running program that holds a socket: {@code ptrace_target.c} or a JVM. It is a grandchild, started by a shell, for a
 * JVM's own children cannot be traced from it.
 */
final class PtraceTarget implements AutoCloseable {
    private static final List<String> IN_BACKGROUND =
            List.of("sh", "-c", "exec 3<&0; \"$@\" <&3 3<&- & exec 3<&-; wait", "sh");

    private static final int SETTLE_MILLIS = 100;

    private final Process shell;
    private final Writer input;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final ProcessId process;
    private final int fd;
    private final long inode;

    private PtraceTarget(Process shell) throws Exception {
        this.shell = shell;
        this.input = shell.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::readOutput);
        try (Scanner introduction = new Scanner(line())) {
            int pid = introduction.nextInt();
            this.process = new ProcessId(pid, ProcStat.startTime(pid));
            this.fd = introduction.nextInt();
            this.inode = introduction.nextLong();
        }
        // By then it is past its introduction, and in the middle of what it is for.
        Thread.sleep(SETTLE_MILLIS);
    }

    /** Starts the C program in one of its modes, for x86-64 or with {@code -m32}. */
    static PtraceTarget start(Path binary, String... mode) throws Exception {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(mode));
        return start(command);
    }

    static PtraceTarget start(List<String> program) throws Exception {
        List<String> command = new ArrayList<>(IN_BACKGROUND);
        command.addAll(program);
        return new PtraceTarget(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Compiles the C program. */
    static Path compile(Path folder, String... options) throws Exception {
        Path binary = folder.resolve("ptrace_target" + String.join("", options));
        List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread"));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", binary.toString(), "src/test/c/ptrace_target.c"));
        run(command);
        return binary;
    }

    /** Runs a command to its end and gives back what it said; a failure is the test's. */
    static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + " failed: " + said);
        }
        return said;
    }

    private void readOutput() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(output::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            output.add("(no more)");
        }
    }

    ProcessId process() {
        return process;
    }

    int pid() {
        return process.pid();
    }

    int fd() {
        return fd;
    }

    long inode() {
        return inode;
    }

    InjectionAnswer park() throws Exception {
        return ForeignDescriptor.park(process, fd, inode);
    }

    InjectionAnswer close(int number) throws Exception {
        return ForeignDescriptor.close(process, number, inode);
    }

    /** The next line it prints. */
    String line() throws InterruptedException {
        String line = output.poll(10, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the target says nothing");
        }
        return line;
    }

    /** Whether it has printed nothing that was not asked for. */
    boolean isSilent() {
        return output.isEmpty();
    }

    /** Asks it how it is. */
    String ping() throws Exception {
        input.write("ping\n");
        input.flush();
        return line();
    }

    char state() throws IOException {
        return ProcStat.read(pid()).state();
    }

    void signal(int signal) throws Exception {
        try (Pidfd pidfd = Pidfd.open(process)) {
            pidfd.signal(signal);
        }
    }

    /** A line of {@code /proc/PID/status}. */
    String status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
    }
}
