package lastack.tuning;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured in a network namespace, for the verdicts.
 *
 * @param ephemeralPorts how many ports connect() can choose from, the reserved ones left out
 * @param busiest the destination with the most such ports in use, or null when there is none
 * @param timeWait sockets in TIME-WAIT
 * @param finishing orphans in FIN-WAIT-1, CLOSING and LAST-ACK
 * @param waitingForFin orphans in FIN-WAIT-2
 * @param unheard connections that have repeated themselves four times and more
 * @param keepalives connections with a running keepalive timer
 * @param exposedListeners listeners whose port is among the ephemeral ones
 * @param cappedListeners listeners whose queue is as long as somaxconn allows
 * @param tracked connections conntrack remembers, -1 where there is none
 * @param trackedMost how many it may remember, -1 where there is none
 * @param counters the kernel's counters by name: {@code TcpExt.ListenOverflows}, {@code TCP.orphan}
 */
public record HostFacts(
        int ephemeralPorts,
        @Nullable Destination busiest,
        int timeWait,
        int finishing,
        int waitingForFin,
        int unheard,
        int keepalives,
        List<String> exposedListeners,
        int cappedListeners,
        long tracked,
        long trackedMost,
        Map<String, Long> counters) {

    /**
     * One address of this host and where its connections go.
     *
     * @param ends as {@code 10.0.0.5 -> 10.0.0.9:443}
     * @param used ephemeral ports in use between them
     * @param timeWait those of them in TIME-WAIT
     */
    public record Destination(String ends, int used, int timeWait) {}

    /** A counter; 0 where this kernel does not have it. */
    public long counter(String name) {
        return counters.getOrDefault(name, 0L);
    }
}
