package lastack.diagnosis;

import lastack.model.TcpSocket;

/** What a program read of a connection between two looks: what came in the meantime, less what the queue grew by. */
enum Reading {
    NOTHING("nothing was read between two looks"),
    LESS_THAN_CAME("less was read between two looks than came in"),
    ALL_THAT_CAME("as much was read between two looks as came in"),
    UNKNOWN("");

    private final String words;

    Reading(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static Reading between(TcpSocket before, TcpSocket now) {
        long earlier = Words.info(before, "bytes_received");
        long later = Words.info(now, "bytes_received");
        if (earlier < 0 || later < 0) {
            return UNKNOWN;
        }
        long grown = now.receiveQueue() - before.receiveQueue();
        long read = later - earlier - grown;
        if (read > 0) {
            return grown > 0 ? LESS_THAN_CAME : ALL_THAT_CAME;
        }
        // What came after the first look and is still there may be about to be read.
        return before.receiveQueue() > 0 ? NOTHING : UNKNOWN;
    }
}
