package lastack.diagnosis;

import java.util.Locale;

/** What can be said of a socket. The ids never change their meaning. */
public enum Verdict {
    EOF_NEVER_READ("the peer has closed; the program has not read that end"),
    UNREAD_DATA("the peer has closed; data from before is not read"),
    EOF_READ_NOT_CLOSED("the peer closed; the program read all, did not close"),
    UNACCEPTED("it waits in a listener's queue; no program accepted it"),
    OWNER_STOPPED("every process that holds it stands still"),
    OWNER_HIDDEN("something holds it that no visible descriptor shows"),
    FD_EXHAUSTION("the process has hardly a descriptor left"),
    NORMAL("the ordinary wait after a close; it ends by itself"),
    PORT_PRESSURE("hardly a local port is left towards this destination"),
    BLOCKS_BIND("a program cannot bind this port while it is there"),
    PEER_NEVER_CLOSED("this end has closed, the peer has not"),
    FIN_UNACKNOWLEDGED("this end closed; the peer's kernel does not confirm it"),
    UNANSWERED("nobody answers the request to connect"),
    BACKLOG_FULL("the listener's queue is full; the handshake must wait"),
    ACK_LOST("the client's last step of the handshake does not come in"),
    DEAD_PEER_SUSPECTED("the peer does not answer any more"),
    IDLE_WITHOUT_KEEPALIVE("nothing passes; TCP would not notice a peer's end"),
    STALLED_READER("data has come in that the program does not read"),
    STALLED_WRITER("the peer takes no more data"),
    ACCEPT_QUEUE_FULL("connections come faster than the program accepts"),
    HEALTHY("nothing is wrong with it that can be seen");

    private final String meaning;

    Verdict(String meaning) {
        this.meaning = meaning;
    }

    /** The stable id: {@code eof-never-read}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it means, in one line of a terminal with the id before it. */
    public String meaning() {
        return meaning;
    }

    /** Whether it is nothing to act on. */
    public boolean isHarmless() {
        return this == NORMAL || this == HEALTHY;
    }
}
