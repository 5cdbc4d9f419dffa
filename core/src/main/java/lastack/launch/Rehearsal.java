package lastack.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.process.Privileges;
import lastack.kernel.seccomp.NotifyListener;
import lastack.kernel.seccomp.Seccomp;
import lastack.kernel.seccomp.SocketCall;
import lastack.model.UnavailableException;

/**
 * Binds of lastack's own, answered as the program's will be: a JVM is slow at whatever it does for the first time, and most
 * programs bind only once. They are on the loopback, for microseconds, and never listen.
 */
final class Rehearsal {
    private static final int ROUNDS = 60;

    private Rehearsal() {}

    /** Plays it; ends by itself when the thread that binds has ended. */
    static void play(ForcedOptions forced) throws UnavailableException {
        try (ExecutorService actor = Executors.newSingleThreadExecutor()) {
            int number = actor.submit(Rehearsal::filter).get();
            try (NotifyListener listener = new NotifyListener(new Fd(number))) {
                actor.execute(Rehearsal::bindOften);
                actor.shutdown();
                Supervision.answering(listener, harmless(forced)).run();
            }
        } catch (ExecutionException e) {
            throw new UnavailableException(
                    "seccomp user notification", String.valueOf(e.getMessage()), "see lastack doctor");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A stranger on the port is neither waited for nor removed. */
    private static ForcedOptions harmless(ForcedOptions forced) {
        BindPolicy bind = switch (forced.bind()) {
            case BindPolicy.Wait _, BindPolicy.Evict _ -> new BindPolicy.Wait(Duration.ZERO);
            case BindPolicy.Reuse _, BindPolicy.Untouched _ -> forced.bind();
        };
        return new ForcedOptions(bind, forced.options());
    }

    private static int filter() throws KernelException {
        if (!Privileges.own().has(Privileges.CAP_SYS_ADMIN)) {
            Seccomp.noNewPrivileges();
        }
        return Seccomp.install(EnumSet.of(SocketCall.BIND, SocketCall.LISTEN));
    }

    private static void bindOften() {
        int port = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
                port = socket.getLocalPort();
            } catch (IOException e) {
                port = 0; // No loopback here, or a stranger took the port: it is only a rehearsal.
            }
        }
    }
}
