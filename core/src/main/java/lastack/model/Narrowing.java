package lastack.model;

import java.util.List;

/**
 * A condition that the kernel can decide by itself while it lists, so that what does not meet it is never handed over.
 *
 * <p>It may let more through than was asked for, never less: who asks looks at each socket again.
 */
public sealed interface Narrowing {
    /** Every part holds. */
    record All(List<Narrowing> parts) implements Narrowing {}

    /** At least one part holds. */
    record Any(List<Narrowing> parts) implements Narrowing {}

    /** The part does not hold. */
    record Not(Narrowing part) implements Narrowing {}

    /**
     * The port of one end.
     *
     * @param local this end, or the other
     * @param least the lowest, 0 to 65535
     * @param most the highest, 0 to 65535
     */
    record Port(boolean local, int least, int most) implements Narrowing {}

    /**
     * The address of one end; a v4-mapped address is in the IPv4 network of what it maps.
     *
     * @param local this end, or the other
     * @param bits how many of the first bits count
     */
    record Network(boolean local, IpAddress network, int bits) implements Narrowing {}

    /** The bits of the firewall mark that are in the mask. */
    record Mark(int mark, int mask) implements Narrowing {}
}
