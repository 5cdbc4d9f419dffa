package lastack.subjects;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that answers one request on each connection and then closes the connection it had promised to keep. */
final class HttpPeer {
    private static final long IDLE_MILLIS = 100;

    private final ServerSocket server = Subject.listen();
    private final int bodyBytes;

    HttpPeer(int bodyBytes) throws IOException {
        this.bodyBytes = bodyBytes;
        Subject.start("http peer", this::answer);
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    private void answer() throws Exception {
        while (true) {
            answerOne();
        }
    }

    private void answerOne() throws Exception {
        try (Socket connection = server.accept()) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            while (!request.readLine().isEmpty()) {
                // Its headers do not matter.
            }
            OutputStream out = connection.getOutputStream();
            String head = "HTTP/1.1 200 OK\r\nContent-Length: " + bodyBytes + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[bodyBytes]);
            out.flush();
            Thread.sleep(IDLE_MILLIS);
        }
    }
}
