package lastack.cli.print;

import java.util.List;
import lastack.model.NetNamespace;
import lastack.ports.BindAnswer;
import lastack.ports.LocalPort;

/**
 * What was found out about a port before anything was done.
 *
 * @param port the port
 * @param netns where
 * @param before what bind answered
 * @param remarks what the namespace's settings say about it
 */
public record PortSurvey(LocalPort port, NetNamespace netns, List<BindAnswer> before, List<String> remarks) {
    /** Whether bind works without {@code SO_REUSEADDR} wherever it was tried. */
    public boolean isFree() {
        return isFree(before);
    }

    /** The same of a later trial. */
    public static boolean isFree(List<BindAnswer> trials) {
        return !trials.isEmpty() && trials.stream().allMatch(BindAnswer::works);
    }

    /** Whether other sockets may be why bind fails; an address that is not there stays away whatever is removed. */
    public boolean isTaken() {
        return before.stream().anyMatch(trial -> "EADDRINUSE".equals(trial.error()) || trial.isForbidden());
    }

    /** Why bind fails where no socket is the reason, or none can be seen. */
    public String whyNot() {
        String error = before.stream()
                .filter(trial -> !trial.works())
                .map(BindAnswer::error)
                .findFirst()
                .orElse("");
        return switch (String.valueOf(error)) {
            case "EACCES" -> "not permitted: " + port + " takes CAP_NET_BIND_SERVICE; run as root";
            case "EPERM" -> "not permitted: a BPF program or security module forbids to bind " + port;
            case "EADDRNOTAVAIL" ->
                "no interface has the address of " + port + "; see: ip addr (or net.ipv4.ip_nonlocal_bind)";
            case "EADDRINUSE" ->
                "nothing that can be seen has " + port
                        + ", but bind says EADDRINUSE: kernels before 6.8 do not list sockets that are only bound";
            default -> "bind to " + port + " fails: " + error;
        };
    }
}
