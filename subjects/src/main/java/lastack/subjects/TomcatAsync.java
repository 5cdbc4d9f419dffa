package lastack.subjects;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with asynchronous requests that are never completed. */
final class TomcatAsync extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final List<AsyncContext> WAITING = new ArrayList<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        WAITING.add(context);
    }

    public static void main(String[] args) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        Wrapper servlet = Tomcat.addServlet(context, "waits", new TomcatAsync());
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/", "waits");
        tomcat.start();
        int port = tomcat.getConnector().getLocalPort();
        Subject.serve(port, () -> Subject.callAndClose(port, "GET / HTTP/1.1\r\nHost: here\r\n\r\n"));
    }
}
