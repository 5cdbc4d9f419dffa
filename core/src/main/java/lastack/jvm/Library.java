package lastack.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Libraries whose objects hold sockets, and what to set in each so that they let go of dead ones. */
public enum Library {
    OKHTTP(
            "OkHttp connection pool",
            List.of(
                    "okhttp3.internal.connection.RealConnectionPool",
                    "okhttp3.internal.connection.RealConnection",
                    "okhttp3.ConnectionPool"),
            List.of(
                    new Reading("idleAtNs", "idle", Reading.Kind.SINCE_NANOS),
                    new Reading("idleAtNanos", "idle", Reading.Kind.SINCE_NANOS),
                    new Reading("keepAliveDurationNs", "keeps idle ones", Reading.Kind.NANOS),
                    new Reading("maxIdleConnections", "most idle", Reading.Kind.COUNT)),
            "close every response: try (Response response = call.execute()), and keep idle ones for less than the server does",
            "OkHttpClient.Builder.connectionPool(new ConnectionPool(5, 30, TimeUnit.SECONDS))"),
    HTTPCLIENT_5(
            "Apache HttpClient 5 connection pool",
            List.of(
                    "org.apache.hc.core5.pool.PoolEntry",
                    "org.apache.hc.core5.pool.StrictConnPool",
                    "org.apache.hc.core5.pool.LaxConnPool"),
            List.of(
                    new Reading("updated", "last used", Reading.Kind.SINCE_MILLIS),
                    new Reading("created", "opened", Reading.Kind.SINCE_MILLIS)),
            "close every response (execute with a response handler does), and evict idle connections",
            "HttpClients.custom().evictExpiredConnections().evictIdleConnections(TimeValue.ofSeconds(30)); "
                    + "ConnectionConfig.setValidateAfterInactivity, setTimeToLive"),
    HTTPCLIENT_4(
            "Apache HttpClient 4 connection pool",
            List.of("org.apache.http.pool.PoolEntry", "org.apache.http.impl.conn.CPool"),
            List.of(
                    new Reading("updated", "last used", Reading.Kind.SINCE_MILLIS),
                    new Reading("created", "opened", Reading.Kind.SINCE_MILLIS)),
            "close every response (CloseableHttpResponse in try-with-resources), and evict idle connections",
            "HttpClients.custom().evictExpiredConnections().evictIdleConnections(30, TimeUnit.SECONDS); "
                    + "PoolingHttpClientConnectionManager.setValidateAfterInactivity"),
    JAVA_NET_HTTP(
            "java.net.http.HttpClient",
            List.of(
                    "jdk.internal.net.http.ConnectionPool",
                    "jdk.internal.net.http.PlainHttpConnection",
                    "jdk.internal.net.http.HttpClientImpl"),
            List.of(),
            "read every body to its end or cancel it (BodyHandlers.ofInputStream must be closed), and share one client",
            "-Djdk.httpclient.keepalive.timeout=30 (seconds; 30 since JDK 21, 1200 before); HttpClient.close() (JDK 21)"),
    HTTP_URL_CONNECTION(
            "HttpURLConnection's keep-alive cache",
            List.of(
                    "sun.net.www.http.KeepAliveEntry",
                    "sun.net.www.http.KeepAliveCache",
                    "sun.net.www.http.HttpClient"),
            List.of(new Reading("idleStartTime", "idle", Reading.Kind.SINCE_MILLIS)),
            "read every body to its end, the error stream too, or disconnect()",
            "-Dhttp.keepAlive.time.server=30 (seconds), -Dhttp.maxConnections, -Dhttp.keepAlive=false"),
    TOMCAT(
            "Tomcat connector",
            List.of(
                    "org.apache.tomcat.util.net.NioEndpoint$NioSocketWrapper",
                    "org.apache.tomcat.util.net.Nio2Endpoint$Nio2SocketWrapper",
                    "org.apache.tomcat.util.net.NioChannel",
                    "org.apache.tomcat.util.net.NioEndpoint"),
            List.of(
                    new Reading("lastRead", "last read", Reading.Kind.SINCE_MILLIS),
                    new Reading("readTimeout", "read timeout", Reading.Kind.MILLIS)),
            "end asynchronous requests: AsyncContext.complete() on every way out, and a timeout for them",
            "Connector connectionTimeout, keepAliveTimeout, asyncTimeout (server.xml; Spring Boot: "
                    + "server.tomcat.connection-timeout, server.tomcat.keep-alive-timeout)"),
    JETTY(
            "Jetty end point",
            List.of(
                    "org.eclipse.jetty.io.SocketChannelEndPoint",
                    "org.eclipse.jetty.io.SelectableChannelEndPoint",
                    "org.eclipse.jetty.io.ManagedSelector"),
            List.of(
                    new Reading("_idleTimestamp", "idle", Reading.Kind.SINCE_NANOS),
                    new Reading("_idleTimeout", "idle timeout", Reading.Kind.MILLIS)),
            "complete every callback and asynchronous request; idle ones are closed after the idle timeout",
            "ServerConnector.setIdleTimeout, jetty.http.idleTimeout"),
    NETTY(
            "Netty channel",
            List.of(
                    "io.netty.channel.socket.nio.NioSocketChannel",
                    "io.netty.channel.epoll.EpollSocketChannel",
                    "io.netty.channel.nio.NioEventLoop",
                    "io.netty.channel.epoll.EpollEventLoop",
                    "io.netty.channel.nio.AbstractNioChannel",
                    "io.netty.channel.epoll.AbstractEpollChannel"),
            List.of(),
            "close the channel in channelInactive and exceptionCaught, and read on: with autoRead off the end is never seen",
            "an IdleStateHandler in the pipeline; ChannelOption.AUTO_READ, ChannelOption.ALLOW_HALF_CLOSURE"),
    HELIDON(
            "Helidon connection",
            List.of(
                    "io.helidon.webserver.ConnectionHandler",
                    "io.helidon.common.socket.PlainSocket",
                    "io.helidon.common.socket.TlsSocket"),
            List.of(),
            "answer every request, or let its connection time out",
            "server.connection-options.read-timeout, server.idle-connection-timeout"),
    HIKARI(
            "HikariCP pool",
            List.of("com.zaxxer.hikari.pool.PoolEntry", "com.zaxxer.hikari.pool.HikariPool"),
            List.of(new Reading("lastAccessed", "last used", Reading.Kind.SINCE_NANOS)),
            "close every Connection in try-with-resources",
            "maxLifetime, idleTimeout, keepaliveTime, leakDetectionThreshold"),
    COMMONS_POOL(
            "Apache Commons Pool",
            List.of(
                    "org.apache.commons.pool2.impl.DefaultPooledObject",
                    "org.apache.commons.pool2.impl.GenericObjectPool"),
            List.of(),
            "give every object back in a finally block",
            "testWhileIdle, timeBetweenEvictionRuns, minEvictableIdleDuration, removeAbandonedOnBorrow"),
    KAFKA(
            "Kafka client",
            List.of("org.apache.kafka.common.network.KafkaChannel", "org.apache.kafka.common.network.Selector"),
            List.of(),
            "close producers and consumers that are not used any more",
            "connections.max.idle.ms"),
    POSTGRESQL(
            "PostgreSQL driver",
            List.of("org.postgresql.core.PGStream"),
            List.of(),
            "close every Connection in try-with-resources",
            "tcpKeepAlive, socketTimeout"),
    JEDIS(
            "Jedis connection",
            List.of("redis.clients.jedis.Connection"),
            List.of(),
            "close every Jedis in try-with-resources: it goes back to its pool",
            "JedisPoolConfig.setTestWhileIdle, setTimeBetweenEvictionRuns");

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
    private final List<String> types;

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
    private final List<Reading> readings;

    private final String advice;
    private final String properties;

    Library(String title, List<String> types, List<Reading> readings, String advice, String properties) {
        this.title = title;
        this.types = types;
        this.readings = readings;
        this.advice = advice;
        this.properties = properties;
    }

    /** The library of the first object on the way that is one's own, or nothing. */
    public static Optional<Library> on(JvmSocket socket) {
        for (Library library : values()) {
            if (library.isOn(socket)) {
                return Optional.of(library);
            }
        }
        return Optional.empty();
    }

    private boolean isOn(JvmSocket socket) {
        boolean path = socket.path().isPresent()
                && socket.path().get().steps().stream()
                        .anyMatch(step -> isOwn(step.object().type()));
        return path
                || isOwn(socket.object().type())
                || isOwn(socket.inner().type())
                || socket.registrations().stream().anyMatch(key -> isOwn(key.attachment()));
    }

    /** Of the classes themselves, and of those that are nested in them or made from them. */
    private boolean isOwn(String type) {
        return types.stream().anyMatch(own -> type.equals(own) || type.startsWith(own + "$"));
    }

    /** What it is called. */
    public String title() {
        return title;
    }

    /** What its connections do, in the words of their own fields: {@code idle 3h12m, keeps idle ones 5m}. */
    public String state(JvmSocket socket, JvmReport report) {
        List<String> words = new ArrayList<>();
        for (HolderPath.Step step : socket.path().map(HolderPath::steps).orElse(List.of())) {
            for (HolderPath.Fact fact : step.facts()) {
                tell(fact, report, words);
            }
        }
        return String.join(", ", words);
    }

    private void tell(HolderPath.Fact fact, JvmReport report, List<String> words) {
        for (Reading reading : readings) {
            String told = reading.field().equals(fact.field()) ? reading.tell(fact.value(), report) : "";
            if (!told.isEmpty() && !words.contains(told)) {
                words.add(told);
            }
        }
    }

    /** What the program should do. */
    public String advice() {
        return advice;
    }

    /** The settings of it that matter, by their exact names. */
    public String properties() {
        return properties;
    }

    List<String> types() {
        return types;
    }

    List<String> fields() {
        return readings.stream().map(Reading::field).toList();
    }
}
