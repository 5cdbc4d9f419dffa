package lastack.forwarded;

import java.util.List;
import lastack.model.ForwardedConnection;
import lastack.model.Gap;

/**
 * The connections that passed at one moment.
 *
 * @param connections those the filter means
 * @param gaps what could not be seen
 */
public record ForwardedSnapshot(List<ForwardedConnection> connections, List<Gap> gaps) {}
