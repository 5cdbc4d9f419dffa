package lastack.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import lastack.launch.BindPolicy;
import lastack.launch.ForcedOptions;
import lastack.launch.Supervision;
import lastack.options.Linger;

/** Walks through the commands people use most, once, while the JVM records its AOT cache. Touches nothing that is not its own. */
final class Training {
    private static final String[][] COMMANDS = {
        {},
        {"--version"},
        {"--help"},
        {"ls"},
        {"ls", "-tanpe", "state", "close-wait"},
        {"ls", "--no-owners", "-H", "sport", "=", ":65000"},
        {"ls", "--format", "json", "src", "127.0.0.1", "and", "age", ">", "5m"},
        {"ls", "--format", "csv", "not", "dport", "=", ":1"},
        {"ls", "--format", "wide", "state", "established"},
        {"why", "state", "established", "src", "127.0.0.1"},
        {"close", "--dry-run", "state", "established", "src", "127.0.0.1"},
        {"close", "--dry-run", "--format", "json", "state", "close-wait"},
        {"set", "--dry-run", "state", "established", "src", "127.0.0.1", "keepalive=60s"},
        {"free", "--dry-run", "65000"},
        {"ls", "state", "closewiat"},
        {"help", "close"},
        {"complete", "--", ""},
        {"complete", "--", "ls", "--net"},
        {"complete", "--", "ls", "state", "close-wait", "sport", "=", ""},
        {"complete", "--", "why", "pid", "=", ""},
        {"complete", "--", "close", "--by", ""},
        {"doctor"},
        {"run", "--bind", "reuse"},
        {"run", "--bind", "wait=1s", "--keepalive", "60s", "--help"},
    };

    private Training() {}

    public static void main(String[] args) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            accepted.setTcpNoDelay(client.getTcpNoDelay());
            for (String[] command : COMMANDS) {
                Main.run(command);
            }
            removeOwnTimeWait();
            // What a supervisor of run does; it says nothing and changes nothing.
            Supervision.rehearse(new ForcedOptions(new BindPolicy.Wait(Duration.ZERO), List.of()));
            Supervision.rehearse(new ForcedOptions(new BindPolicy.Reuse(), List.of(new Linger(Linger.OFF))));
        }
    }

    /** A connection of its own has a TIME-WAIT left over, which nobody holds and so may be removed. */
    private static void removeOwnTimeWait() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            port = server.getLocalPort();
            server.accept().close();
            client.getInputStream().read();
        }
        Main.run("close", "--yes", "state", "time-wait", "sport", "=", ":" + port);
    }
}
