package lastack.subjects;

import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4 with a connection idle in its pool, whose server has closed it. */
final class HttpClient4Pool {
    private static final CloseableHttpClient CLIENT = HttpClients.createDefault();

    private HttpClient4Pool() {}

    public static void main(String[] args) throws Exception {
        HttpPeer peer = new HttpPeer(2);
        Subject.serve(peer.port(), () -> {
            try (CloseableHttpResponse response = CLIENT.execute(new HttpGet(peer.url()))) {
                EntityUtils.consume(response.getEntity());
            }
        });
    }
}
