package lastack.diagnosis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * For a process of its own: Apache HttpClient 5 with four connections to a server that closes idle ones. {@code URL [forget]}: with the
 * second word nobody reads the responses or gives the connections back.
 */
final class ApachePool {
    private static final int CONNECTIONS = 4;

    private final CloseableHttpClient client;
    private final URI uri;

    private ApachePool(CloseableHttpClient client, URI uri) {
        this.client = client;
        this.uri = uri;
    }

    public static void main(String[] arguments) throws Exception {
        var manager = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(CONNECTIONS)
                .build();
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                CloseableHttpClient client =
                        HttpClients.custom().setConnectionManager(manager).build()) {
            ApachePool pool = new ApachePool(client, URI.create(arguments[0]));
            List<ClassicHttpResponse> responses = pool.getAll();
            if (arguments.length == 1) {
                read(responses);
            }
            // For longer than the second or two after which the server has closed and the pool will look before it uses
            // one.
            Thread.sleep(2_500);
            System.out.println("ready");
            input.readLine();
            read(pool.getAll());
            System.out.println("used");
            input.readLine();
        }
    }

    /** All at once, so that each takes a connection of its own. */
    private List<ClassicHttpResponse> getAll() throws IOException {
        List<ClassicHttpResponse> responses = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            responses.add(client.executeOpen(null, new HttpGet(uri), null));
        }
        return responses;
    }

    private static void read(List<ClassicHttpResponse> responses) throws IOException {
        for (ClassicHttpResponse response : responses) {
            EntityUtils.consume(response.getEntity());
            response.close();
        }
    }
}
