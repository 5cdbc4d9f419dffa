package lastack.subjects;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The JDK's HTTP client with an answer whose body nobody reads. */
final class JdkHttpUnread {
    private static final int BODY_BYTES = 120_000;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<InputStream> BODIES = new ArrayList<>();

    private JdkHttpUnread() {}

    public static void main(String[] args) throws Exception {
        HttpPeer peer = new HttpPeer(BODY_BYTES);
        HttpRequest request = HttpRequest.newBuilder(URI.create(peer.url()))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        Subject.serve(
                peer.port(),
                () -> BODIES.add(CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body()));
    }
}
