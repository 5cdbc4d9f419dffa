package lastack.remedy;

import java.util.List;
import lastack.kernel.process.Privileges;
import lastack.model.Owner;
import lastack.model.TcpSocket;

/**
 * A socket to be removed, and what this process may do.
 *
 * @param socket the socket with all its visible owners
 * @param privileges of lastack itself
 */
record Target(TcpSocket socket, Privileges privileges) {
    List<Owner> owners() {
        return socket.owners();
    }

    /** Whether lastack may reach into the process: the same user, or {@code CAP_SYS_PTRACE}. */
    boolean mayReachInto(Owner owner) {
        return privileges.has(Privileges.CAP_SYS_PTRACE) || owner.uid() == privileges.uid();
    }

    /** Whether a descriptor can be duplicated out of some owner; the reason otherwise. */
    Suitability reachable() {
        if (owners().isEmpty()) {
            return notHeld();
        }
        for (Owner owner : owners()) {
            if (mayReachInto(owner)) {
                return Suitability.FITS;
            }
        }
        Owner first = owners().getFirst();
        return Suitability.notPermitted(
                first.label() + " belongs to " + first.user() + ": needs the same user or CAP_SYS_PTRACE");
    }

    /** Whether every holder can be reached; the reason otherwise. */
    Suitability allReachable() {
        if (owners().isEmpty()) {
            return notHeld();
        }
        for (Owner owner : owners()) {
            if (!mayReachInto(owner)) {
                return Suitability.notPermitted(
                        owner.label() + " belongs to " + owner.user() + ": needs the same user or CAP_SYS_PTRACE");
            }
        }
        return Suitability.FITS;
    }

    private Suitability notHeld() {
        if (socket.unaccepted()) {
            return Suitability.unfit("no descriptor: it still waits in a listener's queue");
        }
        if (socket.inode() == 0) {
            return Suitability.unfit("no descriptor: the kernel alone has it");
        }
        if (privileges.seesAllDescriptors()) {
            return Suitability.unfit(
                    "no visible process has a descriptor of it: it is passed on and not received yet, or its holder is hidden");
        }
        return Suitability.notPermitted("its owner cannot be seen: needs CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
    }
}
