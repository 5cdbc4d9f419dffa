package lastack.kernel.diag;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.netlink.NetlinkConversation;
import lastack.model.SocketId;

/** Many requests to destroy a socket, with one call for a bunch of them instead of two for each. */
final class DestroyRequests {
    /** Were all of these refused, the answers would still fit into the receive buffer the kernel grants by default (208 KiB). */
    static final int BUNCH = 128;

    private final NetlinkConversation kernel;
    private final InetDiagReq request;
    private final ByteBuffer bunch = Kernel.memory(BUNCH * InetDiagReq.BYTES);

    DestroyRequests(NetlinkConversation kernel, InetDiagReq request) {
        this.kernel = kernel;
        this.request = request;
    }

    /** Destroys exactly these sockets; for each the error, {@link Errno#NONE} where it is destroyed. */
    List<Errno> make(List<SocketId> ids) throws KernelException {
        Errno[] errors = new Errno[ids.size()];
        Arrays.fill(errors, Errno.NONE);
        for (int from = 0; from < errors.length; from += BUNCH) {
            int to = Math.min(from + BUNCH, errors.length);
            makeBunch(ids.subList(from, to), Arrays.asList(errors).subList(from, to));
        }
        return List.of(errors);
    }

    private void makeBunch(List<SocketId> ids, List<Errno> errors) throws KernelException {
        int first = kernel.nextNumbers(ids.size());
        write(ids, first);
        try {
            kernel.tell(bunch, first, (number, error) -> errors.set(number - first, error));
        } catch (KernelException e) {
            if (!e.is(Errno.ENOBUFS)) {
                throw e;
            }
            makeSingly(ids, errors);
        }
    }

    /** Only the last is to be acknowledged. */
    private void write(List<SocketId> ids, int first) {
        int last = ids.size() - 1;
        for (int i = 0; i <= last; i++) {
            ByteBuffer one =
                    i == last ? request.destroy(first + i, ids.get(i)) : request.destroyQuietly(first + i, ids.get(i));
            bunch.put(i * InetDiagReq.BYTES, one, 0, InetDiagReq.BYTES);
        }
        bunch.clear().limit(ids.size() * InetDiagReq.BYTES);
    }

    /** Answers were lost, but every request was made: what is gone now was destroyed by it. */
    private void makeSingly(List<SocketId> ids, List<Errno> errors) throws KernelException {
        for (int i = 0; i < errors.size(); i++) {
            kernel.ask(request.destroy(kernel.nextNumber(), ids.get(i)));
            Errno error = kernel.message().error();
            errors.set(i, error.equals(Errno.ENOENT) ? Errno.NONE : error);
        }
    }
}
