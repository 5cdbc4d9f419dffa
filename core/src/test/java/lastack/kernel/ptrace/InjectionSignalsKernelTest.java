package lastack.kernel.ptrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.process.Pidfd;
import lastack.kernel.ptrace.InjectionAnswer.StandStill;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No signal is lost, invented or handed over with the wrong registers. */
final class InjectionSignalsKernelTest {
    private static final int SIGRTMIN = 34;
    private static final int ROUNDS = 5;

    @TempDir
    static Path folder;

    private static Path binary;

    @BeforeAll
    static void compile() throws Exception {
        binary = PtraceTarget.compile(folder);
    }

    @Test
    void everySignalSentMeanwhileArrives() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (PtraceTarget target = PtraceTarget.start(binary, "signals")) {
                AtomicBoolean done = new AtomicBoolean();
                AtomicInteger sent = new AtomicInteger();
                Thread sender = Thread.ofPlatform().start(() -> send(target, done, sent));
                while (sent.get() == 0 && sender.isAlive()) {
                    Thread.onSpinWait();
                }

                InjectionAnswer answer = target.park();

                done.set(true);
                sender.join();
                assertThat(answer).isInstanceOf(StandStill.class);
                assertThat(sent.get()).isPositive();
                assertThat(target.ping()).isEqualTo("pong eof null,cloexec " + sent.get());
                assertThat(target.status("SigBlk")).endsWith("0000000000000000");
            }
        }
    }

    private static void send(PtraceTarget target, AtomicBoolean done, AtomicInteger sent) {
        try (Pidfd pidfd = Pidfd.open(target.process())) {
            while (!done.get()) {
                trySend(pidfd, sent);
            }
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The queue of waiting signals has a limit. */
    private static void trySend(Pidfd pidfd, AtomicInteger sent) throws KernelException {
        try {
            pidfd.signal(SIGRTMIN);
            sent.incrementAndGet();
        } catch (KernelException e) {
            if (!e.is(Errno.EAGAIN)) {
                throw e;
            }
        }
    }

    @Test
    void everyTrapIsHandledOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (PtraceTarget target = PtraceTarget.start(binary, "traps")) {
                InjectionAnswer answer = target.park();

                assertThat(answer).isInstanceOf(StandStill.class);
                assertThat(target.ping()).isEqualTo("pong eof null,cloexec");
            }
        }
    }

    @Test
    void anIgnoredTrapStaysIgnored() throws Exception {
        try (PtraceTarget target = PtraceTarget.start(binary, "trapless")) {
            String before = target.status("SigIgn");

            target.park();

            assertThat(target.status("SigIgn")).isEqualTo(before);
            assertThat(before).doesNotEndWith("0000000000000000");
        }
    }
}
