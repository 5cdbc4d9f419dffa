package lastack.diagnosis;

import java.util.List;
import java.util.Optional;
import lastack.model.Gap;
import lastack.model.TcpSocket;

/** A socket with an inode, so that something holds it, and no descriptor of a visible process that does. */
final class HiddenOwner {
    /** Whether it is so also of a connection with nothing else to say about, not only for lack of privilege. */
    static boolean isStrange(TcpSocket socket, Surroundings around) {
        return socket.owners().isEmpty()
                && socket.inode() != 0
                && (around.blindness().isEmpty()
                        || (around.privileged() && !around.inFlight().isEmpty()));
    }

    /** Concludes what was begun about such a socket. */
    Diagnosis conclude(TcpSocket socket, Surroundings around, Findings findings) {
        findings.fact(
                "inode " + socket.inode() + ", but no descriptor of any process that may be looked at refers to it",
                "/proc/*/fd");
        Optional<Gap> blindness = around.blindness();
        blindness.ifPresent(gap -> findings.fact(gap.why(), "/proc/*/fd"));
        if (blindness.isPresent() && !around.privileged()) {
            return unprivileged(socket, around, findings);
        }
        Counsel counsel = new Counsel(socket, around.self());
        List<String> queues = around.inFlight();
        if (queues.isEmpty()) {
            findings.advise(counsel.kernelsOwn());
        }
        // Last, because a mount of the kernel's own hangs or breaks by it.
        findings.advise(counsel.destroy(
                queues.isEmpty()
                        ? "what the kernel itself does over it, such as an NFS mount, hangs or breaks"
                        : "whoever receives the descriptor finds a dead connection"));
        return queues.isEmpty() ? nowhere(blindness.isPresent(), findings) : inFlight(queues, findings);
    }

    private static Diagnosis unprivileged(TcpSocket socket, Surroundings around, Findings findings) {
        findings.advise(new Counsel(socket, around.self()).asRoot());
        return findings.likely(
                Verdict.OWNER_HIDDEN,
                "its owner cannot be seen with these privileges",
                "running it as root: then the owner shows, or the socket is in flight between two programs");
    }

    private static Diagnosis inFlight(List<String> queues, Findings findings) {
        for (String queue : queues) {
            findings.fact(queue + " has descriptors in flight (SCM_RIGHTS) that nobody has received", "fdinfo scm_fds");
        }
        return findings.likely(
                Verdict.OWNER_HIDDEN,
                "no process has it, and descriptors are in flight at " + queues.getFirst()
                        + ": it was most likely passed there and never received",
                "the receiver calling recvmsg, which makes it show up there");
    }

    private static Diagnosis nowhere(boolean someHidden, Findings findings) {
        findings.fact("no Unix socket that can be seen has descriptors in flight", "fdinfo scm_fds");
        return findings.likely(
                Verdict.OWNER_HIDDEN,
                (someHidden ? "it is with a process even root may not look at" : "no process has a descriptor of it")
                        + ": the kernel's own (NFS, SMB, Ceph, iSCSI, a tunnel), or with a thread that has a descriptor"
                        + " table of its own, or with an io_uring",
                "nothing that /proc shows");
    }
}
