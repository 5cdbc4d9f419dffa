package lastack.kernel.trace;

import lastack.model.Endpoint;
import lastack.model.Family;

/**
 * One hit of {@code sock:inet_sock_set_state} for a TCP socket.
 *
 * @param time nanoseconds of {@code CLOCK_MONOTONIC}
 * @param pid the process that CPU was running: the one that made the call when it was a call, and any other when a packet or a timer
 *     made the change. A hint where to look first, never an owner
 * @param socket the socket's address in the kernel, used again by others later
 * @param from the state's number before
 * @param to and after
 * @param family {@code AF_INET6} for a v4-mapped socket too
 * @param local port 0 where it has none yet, as in CLOSE to SYN-SENT
 * @param peer port 0 where it has none yet, as in LISTEN to SYN-RECV, which is the birth of a socket that was asked for from outside
 */
public record StateSample(
        long time, int pid, long socket, int from, int to, Family family, Endpoint local, Endpoint peer) {}
