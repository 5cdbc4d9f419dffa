package lastack.kernel.netlink;

import java.nio.ByteBuffer;
import lastack.kernel.KernelException;
import org.jspecify.annotations.Nullable;

/** The seam between messages and the kernel: datagrams out, datagrams in. A test may answer from recorded bytes. */
public interface NetlinkLink extends AutoCloseable {
    /** Sends what lies between the buffer's position and limit as one datagram. */
    void send(ByteBuffer request) throws KernelException;

    /** Waits for one datagram and leaves the buffer at position 0, limited to it. */
    void receive(ByteBuffer into) throws KernelException;

    /** The name of the network interface with this index in the namespace of the link, or null when it has none. */
    default @Nullable String deviceName(int index) {
        return null;
    }

    @Override
    void close();
}
