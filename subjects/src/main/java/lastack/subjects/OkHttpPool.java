package lastack.subjects;

import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp with a connection idle in its pool, whose server has closed it. */
final class OkHttpPool {
    private static final OkHttpClient CLIENT = new OkHttpClient();

    private OkHttpPool() {}

    public static void main(String[] args) throws Exception {
        HttpPeer peer = new HttpPeer(2);
        Request request = new Request.Builder().url(peer.url()).build();
        Subject.serve(peer.port(), () -> {
            try (Response response = CLIENT.newCall(request).execute()) {
                Objects.requireNonNull(response.body()).string();
            }
        });
    }
}
