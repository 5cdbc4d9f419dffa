package lastack.kernel.diag;

import static org.assertj.core.api.Assertions.assertThat;

import lastack.kernel.KernelException;
import lastack.kernel.diag.SockDiag.Extent;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.SocketId;

/** A kernel that may say anything: an answer comes of it or a {@link KernelException}, and soon. */
final class Hearsay {
    private static final SocketId ID =
            new SocketId(Family.INET, new Endpoint(IpAddress.ANY_V4, 1), new Endpoint(IpAddress.ANY_V4, 2), 0, 3);

    private final RecordedLink link = new RecordedLink();
    private final SockDiag diag = new SockDiag(link);

    /** As the answer to each request, once with the right sequence number and once as it is. */
    void says(byte[] bytes) {
        answer(bytes, () -> diag.dump(Family.INET, -1, Extent.FULL, Everything::readFrom));
        answer(bytes, () -> diag.find(ID, Extent.FULL, Everything::readFrom));
        answer(bytes, () -> diag.destroy(ID));
    }

    private interface Conversation {
        void hold() throws KernelException;
    }

    private void answer(byte[] bytes, Conversation conversation) {
        link.close();
        link.then(bytes).thenExactly(bytes);
        try {
            conversation.hold();
        } catch (KernelException e) {
            assertThat(e.call()).isNotEmpty();
        }
    }
}
