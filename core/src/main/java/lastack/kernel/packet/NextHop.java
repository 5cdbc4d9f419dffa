package lastack.kernel.packet;

/** Where a packet has to be handed over to reach an address. */
public sealed interface NextHop {
    /**
     * To the machine with this hardware address.
     *
     * @param interfaceIndex the interface it is behind
     * @param address its hardware address, the first byte highest
     * @param bytes how long that is, 6 for ethernet; 0 where the interface has none, as a tunnel
     */
    record Neighbour(int interfaceIndex, long address, int bytes) implements NextHop {}

    /** To this host itself. */
    record ThisHost() implements NextHop {}

    /** To nobody: there is no route, or nobody there answers to its address. */
    record Nobody() implements NextHop {}
}
