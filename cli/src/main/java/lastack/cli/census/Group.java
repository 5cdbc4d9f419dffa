package lastack.cli.census;

/**
 * Sockets of one state, owner and peer at one look.
 *
 * @param circle what they have in common
 * @param between between whom
 * @param count how many there are
 * @param oldestMillis the highest age known, or -1
 * @param trend how many there were at each of the last looks, the present one last
 */
public record Group(Circle circle, String between, int count, long oldestMillis, Trend trend) {}
