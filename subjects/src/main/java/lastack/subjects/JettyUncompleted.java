package lastack.subjects;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty with requests whose callback is never completed. */
final class JettyUncompleted extends Handler.Abstract {
    private static final List<Callback> WAITING = new ArrayList<>();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        return WAITING.add(callback);
    }

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        server.setHandler(new JettyUncompleted());
        server.start();
        Subject.serve(
                connector.getLocalPort(),
                () -> Subject.callAndClose(connector.getLocalPort(), "GET / HTTP/1.1\r\nHost: here\r\n\r\n"));
    }
}
