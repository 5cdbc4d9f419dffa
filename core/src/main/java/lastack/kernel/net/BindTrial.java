package lastack.kernel.net;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;

/**
 * Finds out whether a program could bind an address now: by binding it, never listening, and closing at once.
 *
 * <pre>
 * struct sockaddr_in  (netinet/in.h): u16 family, u16 port, u32 address; 16 bytes. Port and address in network order.
 * struct sockaddr_in6 (netinet/in.h): u16 family, u16 port, u32 flowinfo, u8 address[16], u32 scope; 28 bytes.
 * </pre>
 */
public final class BindTrial {
    private static final int SOCK_STREAM_CLOEXEC = 1 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int SOCKADDR_IN6_BYTES = 28;

    private BindTrial() {}

    /**
     * Tries it in the calling thread's namespace.
     *
     * @param reuse whether with {@code SO_REUSEADDR}
     * @return the error number, 0 when it can be bound
     */
    public static Errno bind(Endpoint end, boolean reuse) throws KernelException {
        try (Fd socket = socket(end.address().unmapped().family())) {
            if (reuse) {
                set(socket, SOL_SOCKET, SO_REUSEADDR);
            }
            return bind(socket, end);
        }
    }

    static Fd socket(Family family) throws KernelException {
        long made = Kernel.call(Syscall.SOCKET, family.number(), SOCK_STREAM_CLOEXEC, 0);
        return new Fd((int) Kernel.check(made, Syscall.SOCKET, family.label()));
    }

    static Errno bind(Fd socket, Endpoint end) {
        ByteBuffer address = sockaddr(end);
        long result = Kernel.call(Syscall.BIND, socket.number(), Kernel.address(address), address.capacity());
        Reference.reachabilityFence(address);
        return Kernel.errno(Math.min(0, result));
    }

    static void set(Fd socket, int level, int option) throws KernelException {
        ByteBuffer on = Kernel.memory(4).putInt(0, 1);
        long result = Kernel.call(Syscall.SETSOCKOPT, socket.number(), level, option, Kernel.address(on), 4);
        Reference.reachabilityFence(on);
        Kernel.check(result, Syscall.SETSOCKOPT, "option " + option);
    }

    static ByteBuffer sockaddr(Endpoint end) {
        IpAddress address = end.address().unmapped();
        boolean v4 = address.family() == Family.INET;
        ByteBuffer bytes = Kernel.memory(v4 ? SOCKADDR_IN_BYTES : SOCKADDR_IN6_BYTES);
        bytes.putShort(0, (short) address.family().number());
        bytes.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) end.port());
        return v4
                ? bytes.putInt(4, (int) address.low())
                : bytes.putLong(8, address.high()).putLong(16, address.low());
    }
}
