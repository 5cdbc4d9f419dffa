package lastack.kernel.diag;

import java.util.Objects;

/** Reads whatever can be read of a message, so that a test sees that none of it fails. */
final class Everything {
    private Everything() {}

    static int readFrom(InetDiagMsg message) {
        return Objects.hash(
                message.family(),
                message.state(),
                message.timer(),
                message.retransmits(),
                message.localAddress().toString(),
                message.localPort(),
                message.peerAddress().toString(),
                message.peerPort(),
                message.deviceIndex(),
                message.cookie(),
                message.expiresMillis(),
                message.receiveQueue(),
                message.sendQueue(),
                message.uid(),
                message.inode(),
                message.mark(),
                message.cgroupId(),
                message.hasInfo(),
                message.lastAckReceivedMillis(),
                message.lastDataReceivedMillis(),
                message.lastDataSentMillis(),
                message.retransmissionTimeoutMicros(),
                message.backoff(),
                message.tcpInfo(),
                message.congestion(),
                message.memory());
    }
}
