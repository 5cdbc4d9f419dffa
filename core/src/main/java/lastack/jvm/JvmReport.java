package lastack.jvm;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lastack.model.TcpSocket;

/**
 * What the agent told about some sockets of one JVM.
 *
 * @param java the version of its Java
 * @param machine the name of the JVM
 * @param tracing whether it notes where sockets are opened
 * @param opened how many openings were noted so far
 * @param nowNanos its {@code System.nanoTime()}
 * @param nowMillis its {@code System.currentTimeMillis()}
 * @param objects how many objects were looked at
 * @param millis how long that took
 * @param lost the inodes of those that nothing holds any more, as a heap dump has shown
 * @param stopped why it stopped before it had found all or seen all, or nothing
 * @param sockets those whose objects were found
 */
public record JvmReport(
        String java,
        String machine,
        boolean tracing,
        int opened,
        long nowNanos,
        long nowMillis,
        int objects,
        long millis,
        Set<Long> lost,
        Optional<String> stopped,
        List<JvmSocket> sockets) {
    /** Those of these sockets that no field was found to lead to. */
    public List<TcpSocket> unheld(JvmProcess process, Collection<TcpSocket> all) {
        return all.stream()
                .filter(socket -> process.descriptors(socket)
                        .anyMatch(fd ->
                                on(fd, socket.inode()).flatMap(JvmSocket::path).isEmpty()))
                .toList();
    }

    JvmReport with(List<JvmSocket> other, Set<Long> nowLost, Optional<String> why) {
        return new JvmReport(
                java, machine, tracing, opened, nowNanos, nowMillis, objects, millis, nowLost, why, List.copyOf(other));
    }

    /** The socket on this descriptor, if its object was found. */
    public Optional<JvmSocket> on(int fd, long inode) {
        return sockets.stream()
                .filter(socket -> socket.fd() == fd && socket.inode() == inode)
                .findFirst();
    }
}
