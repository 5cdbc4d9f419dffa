package lastack.cli.print;

import java.util.List;
import lastack.jvm.JvmProcess;
import lastack.jvm.JvmReport;
import lastack.jvm.JvmSocket;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one JVM, from both sides.
 *
 * @param process the JVM
 * @param sockets as the kernel tells of them
 * @param report as the JVM tells of them
 */
public record JvmFindings(JvmProcess process, List<TcpSocket> sockets, JvmReport report) {
    /** The descriptor through which this JVM holds it. */
    int fd(TcpSocket socket) {
        for (Owner owner : socket.owners()) {
            if (owner.process().equals(process.id())) {
                return owner.fd();
            }
        }
        return -1;
    }

    /** The same socket from inside, or null when its object was not found. */
    @Nullable
    JvmSocket inside(TcpSocket socket) {
        return report.on(fd(socket), socket.inode()).orElse(null);
    }
}
