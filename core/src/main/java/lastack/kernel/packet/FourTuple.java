package lastack.kernel.packet;

import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;

/**
 * One direction of a TCP connection as it stands in its packets.
 *
 * @param source the sender's address, never v4-mapped
 * @param sourcePort 0 to 65535
 * @param destination the receiver's address, of the same family
 * @param destinationPort 0 to 65535
 */
public record FourTuple(IpAddress source, int sourcePort, IpAddress destination, int destinationPort) {
    /** A v4-mapped address becomes the IPv4 address that goes over the wire. */
    public FourTuple {
        source = source.unmapped();
        destination = destination.unmapped();
        if (source.family() != destination.family()) {
            throw new IllegalArgumentException("no packet goes from " + source + " to " + destination);
        }
    }

    /** From one end of a connection to the other. */
    public static FourTuple between(Endpoint source, Endpoint destination) {
        return new FourTuple(source.address(), source.port(), destination.address(), destination.port());
    }

    /** The other direction. */
    public FourTuple reversed() {
        return new FourTuple(destination, destinationPort, source, sourcePort);
    }

    /** The family of the packets. */
    public Family family() {
        return source.family();
    }

    @Override
    public String toString() {
        return new Endpoint(source, sourcePort) + " > " + new Endpoint(destination, destinationPort);
    }
}
