package lastack.subjects.later;

import io.helidon.webserver.WebServer;
import java.util.concurrent.CountDownLatch;
import lastack.subjects.Subject;

/** Helidon with a request that waits for what never comes, on a virtual thread. */
final class HelidonBlocked {
    private HelidonBlocked() {}

    public static void main(String[] args) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.get("/", (request, response) -> {
                    asked.countDown();
                    never.await();
                    response.send();
                }))
                .build()
                .start();
        Subject.serve(server.port(), () -> {
            Subject.callAndClose(server.port(), "GET / HTTP/1.1\r\nHost: here\r\n\r\n");
            asked.await();
        });
    }
}
