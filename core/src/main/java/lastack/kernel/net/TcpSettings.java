package lastack.kernel.net;

import lastack.kernel.ProcSys;

/**
 * The settings of a network namespace that decide how long its sockets linger ({@code Documentation/networking/ip-sysctl.rst}).
 * What cannot be read has the kernel's default.
 *
 * @param firstPort the lowest port the kernel gives out by itself
 * @param lastPort the highest one
 * @param retries retransmissions of a connection before it is given up ({@code tcp_retries2})
 * @param orphanRetries the same once no program has it any more; 0 means 8
 * @param synRetries retransmissions of a SYN
 * @param synAckRetries retransmissions of a SYN,ACK
 * @param timeWaitReuse {@code tcp_tw_reuse}: 1 new connections may take over a port in TIME-WAIT, 2 on loopback only
 * @param maxBacklog the most a program gets when it asks for a backlog ({@code somaxconn})
 */
public record TcpSettings(
        int firstPort,
        int lastPort,
        int retries,
        int orphanRetries,
        int synRetries,
        int synAckRetries,
        int timeWaitReuse,
        int maxBacklog) {
    private static final int ORPHAN_RETRIES_OF_ZERO = 8;

    /** Those of the calling thread's namespace. */
    public static TcpSettings read() {
        String[] range =
                ProcSys.line("net.ipv4.ip_local_port_range", "32768 60999").split("\\s+", 2);
        int orphans = number("net.ipv4.tcp_orphan_retries", 0);
        return new TcpSettings(
                Integer.parseInt(range[0]),
                Integer.parseInt(range[1]),
                number("net.ipv4.tcp_retries2", 15),
                orphans == 0 ? ORPHAN_RETRIES_OF_ZERO : orphans,
                number("net.ipv4.tcp_syn_retries", 6),
                number("net.ipv4.tcp_synack_retries", 5),
                number("net.ipv4.tcp_tw_reuse", 2),
                number("net.core.somaxconn", 4_096));
    }

    private static int number(String sysctl, int otherwise) {
        return (int) ProcSys.number(sysctl, otherwise);
    }

    /** How many ports the kernel has to give out. */
    public int ports() {
        return lastPort - firstPort + 1;
    }

    /** Whether the kernel gives out this port by itself. */
    public boolean isEphemeral(int port) {
        return port >= firstPort && port <= lastPort;
    }
}
