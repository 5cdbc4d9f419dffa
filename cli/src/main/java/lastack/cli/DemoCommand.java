package lastack.cli;

import java.io.IOException;
import lastack.filter.FilterSyntaxException;
import lastack.model.UnavailableException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack demo}: makes a real CLOSE_WAIT, finds it, explains it, removes it. */
final class DemoCommand implements Subcommand {
    @Override
    public String summary() {
        return "Make a real CLOSE_WAIT socket on loopback, find it, explain it and remove it.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary())
                .footer(
                        "",
                        "Touches nothing but a server of its own, which it ends again.",
                        "",
                        "Examples:",
                        "  lastack demo");
    }

    @Override
    public int run(ParseResult line) throws FilterSyntaxException, UnavailableException {
        try {
            return demonstrate();
        } catch (IOException e) {
            throw new UnavailableException(
                    "demo", "no connection over 127.0.0.1: " + e.getMessage(), "is the loopback up? ip link set lo up");
        }
    }

    private static int demonstrate() throws IOException, FilterSyntaxException, UnavailableException {
        try (DemoServer server = DemoServer.start()) {
            server.leakOneConnection();
            say("A server (pid " + server.pid() + ") listens on 127.0.0.1:" + server.port()
                    + ". A client connects, says hello"
                    + " and closes.\nThe server never looks at that connection again: it leaks.\n");
            String[] filter = {"state", "close-wait", "sport", "=", ":" + server.port()};
            show("ls", filter);
            say("");
            show("why", filter);
            say("\nFirst what would be done about it, then that:\n");
            show("close --dry-run", filter);
            say("");
            int code = show("close --yes", filter);
            say("\nLooking again, and asking the server whether it is well:\n");
            show("ls", filter);
            say(server.answers() ? "the server still answers" : "the server does not answer");
            return server.answers() ? code : ExitCode.STILL_THERE;
        }
    }

    private static int show(String command, String... filter) {
        say("$ lastack " + command + " " + String.join(" ", filter));
        String[] options = command.split(" ", -1);
        String[] words = new String[options.length + filter.length];
        System.arraycopy(options, 0, words, 0, options.length);
        System.arraycopy(filter, 0, words, options.length, filter.length);
        return Main.run(words);
    }

    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }
}
