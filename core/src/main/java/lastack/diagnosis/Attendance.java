package lastack.diagnosis;

import java.util.List;
import lastack.kernel.process.ProcessView;
import lastack.model.Owner;
import lastack.model.TcpSocket;

/**
 * How many of the descriptors of a shared socket are attended to.
 *
 * @param waitedFor for how many a thread of their process waits
 * @param still how many belong to a process that stands still
 */
record Attendance(int waitedFor, int still) {
    /** That of all its owners from this one on. */
    static Attendance of(TcpSocket socket, int from, Surroundings around) {
        int waitedFor = 0;
        int still = 0;
        List<Owner> owners = socket.owners();
        for (Owner owner : owners.subList(from, owners.size())) {
            ProcessView process = around.process(owner.process());
            waitedFor += process.waitingFor(owner.fd(), socket.inode()).isEmpty() ? 0 : 1;
            still += process.isStopped() ? 1 : 0;
        }
        return new Attendance(waitedFor, still);
    }
}
