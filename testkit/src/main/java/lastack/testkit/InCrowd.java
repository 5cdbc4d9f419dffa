package lastack.testkit;

import java.io.IOException;
import java.util.Arrays;

/** Runs a command in a network namespace with many CLOSE-WAIT sockets: {@code InCrowd NUMBER COMMAND...}. For measuring. */
public final class InCrowd {
    private InCrowd() {}

    /** Makes the crowd, runs the command with this process's own standard streams, and ends with its exit code. */
    public static void main(String[] args) throws Exception {
        int sockets = Integer.parseInt(args[0]);
        String[] command = Arrays.copyOfRange(args, 1, args.length);
        try (Namespace namespace = Namespace.open();
                Crowd crowd = Crowd.of(namespace, sockets)) {
            System.err.println(crowd.count() + " CLOSE-WAIT sockets");
            System.exit(run(namespace, command));
        }
    }

    private static int run(Namespace namespace, String... command) throws IOException, InterruptedException {
        return namespace.start(new ProcessBuilder(command).inheritIO()).waitFor();
    }
}
