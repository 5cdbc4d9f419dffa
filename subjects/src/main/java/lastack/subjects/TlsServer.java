package lastack.subjects;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A server over TLS that keeps connections whose clients have gone. The argument is a key store whose password is {@code secret}. */
final class TlsServer {
    private static final List<SSLSocket> CLIENTS = new ArrayList<>();
    private static final char[] PASSWORD = "secret".toCharArray();

    private TlsServer() {}

    public static void main(String[] args) throws Exception {
        SSLContext context = context(Path.of(args[0]));
        SSLServerSocket server =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 10, Subject.HERE);
        Subject.serve(server.getLocalPort(), () -> {
            Thread client = Subject.start("client", () -> call(context, server.getLocalPort()));
            SSLSocket accepted = (SSLSocket) server.accept();
            accepted.getInputStream().read();
            accepted.getOutputStream().write('y');
            CLIENTS.add(accepted);
            client.join();
        });
    }

    private static void call(SSLContext context, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(Subject.HERE, port)) {
            socket.getOutputStream().write('x');
            // With what the server sends after its handshake left unread, the kernel would send a RST.
            socket.getInputStream().read();
        }
    }

    private static SSLContext context(Path file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), new TrustManager[] {new TrustsAll()}, null);
        return context;
    }

    /** Both ends are here. */
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
