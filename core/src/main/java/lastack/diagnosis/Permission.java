package lastack.diagnosis;

import java.util.List;
import lastack.model.TcpSocket;

/**
 * Marks the commands that need more rights than this user has.
 *
 * @param socket what the advice is about
 * @param around what this user may do
 */
record Permission(TcpSocket socket, Surroundings around) {
    /** These change something, or look into a process. */
    private static final List<String> ACTS =
            List.of("lastack close", "kill ", "prlimit ", "grep -H . /proc/", "ls -l /proc/", "sysctl -w", "nsenter ");

    /** Of these the kernel asks a capability, whoever owns the socket. */
    private static final List<String> FOR_ROOT = List.of("--by destroy", "state time-wait", "sysctl -w", "nsenter ");

    Diagnosis mark(Diagnosis found) {
        if (around.privileged()) {
            return found;
        }
        return found.advising(found.advice().stream().map(this::mark).toList());
    }

    private Advice mark(Advice advice) {
        String command = advice.command();
        if (command == null || !needsMore(command, advice.effect())) {
            return advice;
        }
        return new Advice(advice.action(), "sudo " + command, advice.effect(), advice.risk());
    }

    private boolean needsMore(String command, String effect) {
        boolean forRoot = FOR_ROOT.stream().anyMatch(command::contains) || effect.contains("CAP_");
        return ACTS.stream().anyMatch(command::startsWith) && (forRoot || !ownsSocket());
    }

    private boolean ownsSocket() {
        return !socket.owners().isEmpty() && socket.owners().stream().allMatch(owner -> around.mayActOn(owner.uid()));
    }
}
