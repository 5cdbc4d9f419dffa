package lastack.diagnosis;

import lastack.model.TcpSocket;

/** What is known of the socket at the other end of a connection. */
sealed interface OtherEnd {
    /** It is in the same network namespace. */
    record Here(TcpSocket socket) implements OtherEnd {}

    /**
     * One other namespace of this host has a socket with these ends. Addresses are not unique over namespaces, so it is most
     * likely the other end and not surely.
     */
    record There(TcpSocket socket) implements OtherEnd {}

    /** Several network namespaces have a socket with these ends; which one it is cannot be told. */
    record OneOf(int candidates) implements OtherEnd {}

    /** A namespace of this host has it under other addresses, because one translates them (NAT). */
    record BehindNat(TcpSocket socket) implements OtherEnd {}

    /**
     * Its address is this host's, and no socket has it any more.
     *
     * @param surely whether that address is surely not translated on the way
     */
    record Gone(boolean surely) implements OtherEnd {}

    /** It was not found, and not everything could be looked at. */
    record Unknown(String why) implements OtherEnd {}

    /** No visible namespace has it: it is on another host, or an address was translated on the way and that is not remembered. */
    record Elsewhere() implements OtherEnd {}
}
