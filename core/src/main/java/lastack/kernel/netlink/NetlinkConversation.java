package lastack.kernel.netlink;

import java.nio.ByteBuffer;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;

/** Questions over one link, each with a number of its own, and their answers, read in place one after the other. */
public final class NetlinkConversation implements AutoCloseable {
    /** A dump datagram is at most 32 KiB; twice that leaves room for later kernels. */
    private static final int RECEIVE_BYTES = 64 * 1024;

    /** Datagrams; the receipt of what is longer is worth a thread. */
    private static final int SHORT_DUMP = 8;

    private final NetlinkLink link;
    private final ByteBuffer received = Kernel.memory(RECEIVE_BYTES);
    private final NetlinkMessage message = new NetlinkMessage(received);
    private int sequence;

    /** Talks over an open link; it is closed with this. */
    public NetlinkConversation(NetlinkLink link) {
        this.link = link;
    }

    /** The memory every answer is received into. */
    public ByteBuffer received() {
        return received;
    }

    /** The answer that was read last. */
    public NetlinkMessage message() {
        return message;
    }

    /** The number of the next question. */
    public int nextNumber() {
        return nextNumbers(1);
    }

    /** The first of the numbers of so many next questions. */
    public int nextNumbers(int count) {
        sequence += count;
        return sequence - count + 1;
    }

    /** Asks a question that has one answer, which stands in {@link #message} then. */
    public void ask(ByteBuffer request) throws KernelException {
        link.send(request);
        do {
            receiveFrom(link::receive);
        } while (!nextAnswer());
    }

    /** Hears which of several requests failed. */
    public interface Failures {
        /** The request of this number failed. */
        void failed(int number, Errno error);
    }

    /**
     * Makes several requests at once, in one datagram. Only the last, of the newest number, asks for an acknowledgement: the
     * kernel answers the others only when they fail, in their order, and all before the last.
     *
     * @param first the number of the first one
     * @throws KernelException ENOBUFS when the kernel had to throw answers away; all requests were made, and what failed is not known
     */
    public void tell(ByteBuffer requests, int first, Failures failures) throws KernelException {
        link.send(requests);
        int answered;
        do {
            receiveFrom(link::receive);
            answered = hearFailures(first, failures);
        } while (answered != sequence);
    }

    /** The number of the last request of this bunch that was answered by the datagram. */
    private int hearFailures(int first, Failures failures) {
        int answered = first - 1;
        while (message.next()) {
            if (message.isError() && message.sequence() >= first && message.sequence() <= sequence) {
                answered = message.sequence();
                if (message.error().number() != 0) {
                    failures.failed(answered, message.error());
                }
            }
        }
        return answered;
    }

    /**
     * Asks for a dump and has each of its messages read.
     *
     * @return false when the kernel says that its tables changed meanwhile, or had to throw a part away (ENOBUFS)
     */
    public boolean dump(ByteBuffer request, String call, String subject, Runnable each) throws KernelException {
        link.send(request);
        Dump dump = new Dump(call, subject, each);
        for (int datagrams = 0; datagrams < SHORT_DUMP && !dump.ended; datagrams++) {
            dump.readOne(link::receive);
        }
        if (!dump.ended) {
            try (AheadReceiver ahead = new AheadReceiver(link, sequence, RECEIVE_BYTES)) {
                while (!dump.ended) {
                    dump.readOne(ahead::receive);
                }
            }
        }
        return dump.consistent;
    }

    private interface Source {
        void receive(ByteBuffer into) throws KernelException;
    }

    /** One that is being read. */
    private final class Dump {
        private final String call;
        private final String subject;
        private final Runnable each;
        private boolean consistent = true;
        private boolean ended;

        Dump(String call, String subject, Runnable each) {
            this.call = call;
            this.subject = subject;
            this.each = each;
        }

        void readOne(Source source) throws KernelException {
            try {
                receiveFrom(source);
            } catch (KernelException e) {
                if (!e.is(Errno.ENOBUFS)) {
                    throw e;
                }
                consistent = false;
            }
            while (!ended && nextAnswer()) {
                readMessage();
            }
        }

        private void readMessage() throws KernelException {
            consistent &= !message.isInterrupted();
            if (message.isDone() || message.isError()) {
                ended = true;
                throwIfFailed(call, subject);
            } else {
                each.run();
            }
        }
    }

    /** Moves to the next message that answers the last question; others answer one that was given up. */
    private boolean nextAnswer() {
        while (message.next()) {
            if (message.sequence() == sequence) {
                return true;
            }
        }
        return false;
    }

    private void receiveFrom(Source source) throws KernelException {
        message.rewind();
        received.limit(0);
        source.receive(received);
    }

    /** Throws the answer if it is an error. */
    public void throwIfFailed(String call, Object subject) throws KernelException {
        Errno error = message.error();
        if (error.number() != 0) {
            throw new KernelException(call, subject.toString(), error);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
