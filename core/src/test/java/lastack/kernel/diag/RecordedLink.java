package lastack.kernel.diag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.netlink.NetlinkLink;
import lastack.kernel.netlink.NetlinkMessage;

/**
 * A link that answers from a script: datagrams, whose messages get the sequence number of the last request, and errors.
 * Behind the last one it fails with EAGAIN, as a real one does when the kernel says nothing for five seconds.
 */
public final class RecordedLink implements NetlinkLink {
    private static final int HEADER = NetlinkMessage.HEADER;
    private static final int SEQUENCE = 8;

    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<byte[]> requests = new ArrayList<>();
    private int sequence;

    private interface Answer {
        byte[] bytes() throws KernelException;
    }

    /** A link whose script is empty. */
    public RecordedLink() {}

    /** A link that answers with this recording. */
    public static RecordedLink of(String... recordings) {
        RecordedLink link = new RecordedLink();
        for (String recording : recordings) {
            link.then(Recorded.datagram(recording));
        }
        return link;
    }

    /** Goes on with this datagram. */
    public RecordedLink then(byte[] datagram) {
        script.add(() -> answering(datagram));
        return this;
    }

    /** Goes on with the answer to the request so many before the last one that was sent. */
    RecordedLink thenBefore(int distance, byte[] datagram) {
        script.add(() -> {
            byte[] answer = datagram.clone();
            ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()).putInt(SEQUENCE, sequence - distance);
            return answer;
        });
        return this;
    }

    /** Goes on with this datagram as it is, whatever was asked. */
    RecordedLink thenExactly(byte[] datagram) {
        script.add(() -> datagram);
        return this;
    }

    /** Goes on with a receive that fails. */
    RecordedLink thenFailing(Errno errno) {
        script.add(() -> {
            throw new KernelException("recvfrom", "recorded", errno);
        });
        return this;
    }

    private byte[] answering(byte[] datagram) {
        byte[] answer = datagram.clone();
        ByteBuffer buffer = ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
        for (int at = 0; at + SEQUENCE + 4 <= answer.length; ) {
            int length = buffer.getInt(at);
            buffer.putInt(at + SEQUENCE, sequence);
            at = length < HEADER || length > answer.length - at ? answer.length : at + NetlinkMessage.align(length);
        }
        return answer;
    }

    /** What was sent. */
    List<byte[]> requests() {
        return requests;
    }

    @Override
    public void send(ByteBuffer request) {
        byte[] bytes = new byte[request.remaining()];
        request.get(request.position(), bytes);
        requests.add(bytes);
        for (int at = request.position(); at < request.limit(); at += request.getInt(at)) {
            sequence = request.getInt(at + SEQUENCE);
        }
    }

    @Override
    public void receive(ByteBuffer into) throws KernelException {
        if (script.isEmpty()) {
            throw new KernelException("recvfrom", "recorded", Errno.EAGAIN);
        }
        byte[] bytes = script.remove().bytes();
        into.clear().put(0, bytes).limit(bytes.length);
    }

    /** Forgets the rest of the script. */
    @Override
    public void close() {
        script.clear();
    }
}
