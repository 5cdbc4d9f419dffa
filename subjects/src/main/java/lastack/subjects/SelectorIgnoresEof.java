package lastack.subjects;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Reads the end of the stream in its selector loop, and does nothing but stop asking for reads. */
final class SelectorIgnoresEof {
    private SelectorIgnoresEof() {}

    public static void main(String[] args) throws Exception {
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(Subject.HERE, 0));
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        Subject.start("event loop", () -> loop(selector, server));
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        Subject.serve(port, () -> Subject.callAndClose(port, "hello"));
    }

    private static void loop(Selector selector, ServerSocketChannel server) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(64);
        while (true) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isValid() && key.isAcceptable()) {
                    SocketChannel accepted = server.accept();
                    accepted.configureBlocking(false);
                    accepted.register(selector, SelectionKey.OP_READ);
                } else if (key.isValid() && key.isReadable()) {
                    buffer.clear();
                    if (((SocketChannel) key.channel()).read(buffer) < 0) {
                        key.interestOps(0);
                    }
                }
            }
            selector.selectedKeys().clear();
        }
    }
}
