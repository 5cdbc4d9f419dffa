package lastack.cli;

import java.util.EnumSet;
import java.util.Set;
import lastack.model.Family;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where to look.
 *
 * @param netns which network namespaces: {@code self}, {@code all}, a name or a pid
 * @param families which families' dumps
 */
record ScopeOptions(String netns, Set<Family> families) {
    static void declare(CommandSpec spec) {
        declare(spec, "self");
    }

    /** The same for a command that looks elsewhere by default. */
    static void declare(CommandSpec spec, String otherwise) {
        spec.addOption(Options.text(
                "self|all|NAME|PID", "the network namespace (default: " + otherwise + ")", "-N", "--netns", "--net"));
        spec.addOption(Options.flag("only AF_INET sockets", "-4", "--ipv4"));
        spec.addOption(Options.flag("only AF_INET6 sockets, v4-mapped ones among them", "-6", "--ipv6"));
    }

    static ScopeOptions of(ParseResult line) {
        return of(line, "self");
    }

    static ScopeOptions of(ParseResult line, String otherwise) {
        return new ScopeOptions(
                line.matchedOptionValue("--netns", otherwise),
                families(line.hasMatchedOption("--ipv4"), line.hasMatchedOption("--ipv6")));
    }

    private static Set<Family> families(boolean ipv4, boolean ipv6) {
        if (ipv4 == ipv6) {
            return EnumSet.allOf(Family.class);
        }
        return EnumSet.of(ipv4 ? Family.INET : Family.INET6);
    }

    /** Whether sockets of several namespaces may be shown beside each other. */
    boolean several() {
        return netns.equals("all");
    }
}
