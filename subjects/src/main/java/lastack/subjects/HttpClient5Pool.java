package lastack.subjects;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5 with a connection idle in its pool, whose server has closed it. */
final class HttpClient5Pool {
    private static final CloseableHttpClient CLIENT = HttpClients.createDefault();

    private HttpClient5Pool() {}

    public static void main(String[] args) throws Exception {
        HttpPeer peer = new HttpPeer(2);
        Subject.serve(
                peer.port(),
                () -> CLIENT.execute(new HttpGet(peer.url()), response -> EntityUtils.toString(response.getEntity())));
    }
}
