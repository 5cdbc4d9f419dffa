package lastack.model;

import java.time.Instant;
import java.util.List;

/**
 * The sockets that matched one question, at one moment.
 *
 * @param time when it was taken
 * @param host the host's name
 * @param sockets the sockets, in the kernel's order
 * @param gaps what could not be seen
 */
public record Snapshot(Instant time, String host, List<TcpSocket> sockets, List<Gap> gaps) {}
