package lastack.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.diag.SockDiag;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.SocketId;
import lastack.model.TcpState;

/** The TCP sockets of one namespace, as sock_diag lists them. */
public final class TcpTable {
    private static final int ALL_STATES = -1;

    /** {@code idiag_timer} of TIME-WAIT, and of an orphan FIN-WAIT-2 that is kept as one. */
    private static final int TIME_WAIT_TIMER = 3;

    private final Namespace namespace;

    TcpTable(Namespace namespace) {
        this.namespace = namespace;
    }

    /** All of them, in every state. */
    public List<SeenSocket> list() {
        return ask(TcpTable::list);
    }

    private static List<SeenSocket> list(SockDiag diag) throws KernelException {
        List<SeenSocket> seen = new ArrayList<>();
        for (Family family : Family.values()) {
            diag.dump(family, ALL_STATES, SockDiag.Extent.PLAIN, message -> seen.add(SeenSocket.of(message)));
        }
        return seen;
    }

    /** How many there are in a state. */
    public int count(TcpState state) {
        return ask(diag -> {
            int[] count = {0};
            for (Family family : Family.values()) {
                diag.dump(family, state.bit(), SockDiag.Extent.PLAIN, message -> count[0]++);
            }
            return count[0];
        });
    }

    /** The one with this cookie, if it is still there. */
    public Optional<SeenSocket> find(long cookie) {
        return first(socket -> socket.id().cookie() == cookie);
    }

    /** Waits for a socket with these two ends in this state. */
    SeenSocket await(Endpoint local, Endpoint peer, TcpState state) {
        return await(
                state + " " + local + " -> " + peer,
                socket -> socket.state() == state
                        && socket.id().local().equals(local)
                        && socket.id().peer().equals(peer));
    }

    /** Waits for a socket such as this. */
    public SeenSocket await(String wanted, Predicate<SeenSocket> condition) {
        return Deadline.await(wanted, () -> first(condition), this::list);
    }

    private Optional<SeenSocket> first(Predicate<SeenSocket> condition) {
        return list().stream().filter(condition).findFirst();
    }

    /** Destroys every socket, as far as this kernel can; what is in TIME-WAIT goes with the namespace by itself. */
    void sweep() {
        ask(diag -> {
            List<SocketId> left = new ArrayList<>();
            for (Family family : Family.values()) {
                diag.dump(family, ALL_STATES, SockDiag.Extent.PLAIN, message -> {
                    if (message.timer() != TIME_WAIT_TIMER) {
                        left.add(SeenSocket.of(message).id());
                    }
                });
            }
            for (SocketId id : left) {
                destroy(diag, id);
            }
            return true;
        });
    }

    /** Gone already is as good; without CONFIG_INET_DIAG_DESTROY the kernel's own timers must do. */
    private static void destroy(SockDiag diag, SocketId id) throws KernelException {
        try {
            diag.destroy(id);
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT) && !e.is(Errno.EOPNOTSUPP)) {
                throw e;
            }
        }
    }

    private interface Question<T> {
        T put(SockDiag diag) throws KernelException;
    }

    private <T> T ask(Question<T> question) {
        try {
            return namespace.call(() -> {
                try (SockDiag diag = SockDiag.open()) {
                    return question.put(diag);
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException("sock_diag in " + namespace, e);
        }
    }
}
