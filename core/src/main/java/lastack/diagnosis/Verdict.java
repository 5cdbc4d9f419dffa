package lastack.diagnosis;

import java.util.Locale;

/** What can be said of a socket. The ids never change their meaning. */
public enum Verdict {
    EOF_NEVER_READ("the peer has closed, and the program has not read that end of the stream"),
    UNREAD_DATA("the peer has closed, and data that came before is still not read"),
    EOF_READ_NOT_CLOSED("the peer has closed, the program has read all there was and has not closed"),
    UNACCEPTED("the connection waits in the queue of a listener whose program has not accepted it"),
    OWNER_STOPPED("every process that holds it stands still"),
    OWNER_HIDDEN("something holds it that no visible descriptor shows"),
    FD_EXHAUSTION("the process has hardly a descriptor left"),
    NORMAL("the ordinary wait after a close; it ends by itself"),
    PORT_PRESSURE("hardly a local port is left towards this destination, so new connections may find none"),
    BLOCKS_BIND("a program cannot bind this port while it is there"),
    PEER_NEVER_CLOSED("this end has closed, the peer has not"),
    FIN_UNACKNOWLEDGED("this end has closed, and the peer's kernel has not confirmed it"),
    UNANSWERED("nobody answers the request to connect"),
    BACKLOG_FULL("the listener's queue is full, so the handshake is not completed"),
    ACK_LOST("the client's last step of the handshake does not come in"),
    DEAD_PEER_SUSPECTED("the peer does not answer any more"),
    IDLE_WITHOUT_KEEPALIVE("nothing has passed for long, and TCP would not notice if the peer were gone"),
    STALLED_READER("data has come in that the program does not read"),
    STALLED_WRITER("the peer takes no more data"),
    ACCEPT_QUEUE_FULL("the program does not accept connections as fast as they come"),
    HEALTHY("nothing is wrong with it that can be seen");

    private final String meaning;

    Verdict(String meaning) {
        this.meaning = meaning;
    }

    /** The stable id: {@code eof-never-read}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it means, in one line. */
    public String meaning() {
        return meaning;
    }

    /** Whether it is nothing to act on. */
    public boolean isHarmless() {
        return this == NORMAL || this == HEALTHY;
    }
}
