package lastack.kernel.packet;

/**
 * Where the kernel sends packets.
 *
 * @param interfaceIndex the interface they leave by; loopback's for packets to this host itself
 * @param local whether they are for this host itself
 */
public record Route(int interfaceIndex, boolean local) {}
