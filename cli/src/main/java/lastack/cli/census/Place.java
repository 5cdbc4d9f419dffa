package lastack.cli.census;

import lastack.model.NetNamespace;

/**
 * A network namespace that is looked at.
 *
 * @param netns which
 * @param sockets how many were seen in it that match
 */
public record Place(NetNamespace netns, int sockets) {}
