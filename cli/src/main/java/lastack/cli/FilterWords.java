package lastack.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.UnavailableException;
import lastack.sockets.OpenNamespace;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The filter at the end of a command line, as one argument or many. */
final class FilterWords {
    private FilterWords() {}

    /**
     * Adds it.
     *
     * @param others what else may stand there, for those who complete command lines
     */
    static void declare(CommandSpec spec, String... others) {
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("FILTER")
                .completionCandidates(List.of(others))
                .description("as ss takes it, and more: state close-wait dport = :443 and age > 5m")
                .build());
    }

    /** The filter, with words put in front of it. */
    static Filter parse(ParseResult line, String... before) throws FilterSyntaxException, UnavailableException {
        List<String> words = new ArrayList<>(List.of(before));
        words.addAll(line.matchedPositionalValue(0, List.<String>of()));
        return parse(line.matchedOptionValue("--netns", "self"), words);
    }

    /** The filter of a command that looks elsewhere than in its own namespace by default. */
    static Filter parseIn(String netns, ParseResult line) throws FilterSyntaxException, UnavailableException {
        return parse(netns, line.matchedPositionalValue(0, List.<String>of()));
    }

    /** An interface that is named by {@code on} is looked up where the sockets are; host names never are. */
    static Filter parse(String netns, List<String> words) throws FilterSyntaxException, UnavailableException {
        boolean elsewhere = !netns.equals("self") && !netns.equals("all");
        return elsewhere && mayNameInterface(words) ? parseInside(netns, words) : Filter.parse(words);
    }

    /** Whether {@code on} is one of the words, however they are spread over arguments and glued to what is beside them. */
    static boolean mayNameInterface(List<String> words) {
        StringTokenizer tokens = new StringTokenizer(String.join(" ", words).replace("\\", ""), " \t\r\n\f()!&|=<>");
        while (tokens.hasMoreTokens()) {
            if (tokens.nextToken().equals("on")) {
                return true;
            }
        }
        return false;
    }

    private static Filter parseInside(String netns, List<String> words)
            throws FilterSyntaxException, UnavailableException {
        List<FilterSyntaxException> mistakes = new ArrayList<>(1);
        try (OpenNamespace namespace = OpenNamespace.named(netns)) {
            Filter filter = namespace.call(() -> {
                try {
                    return Filter.parse(words);
                } catch (FilterSyntaxException e) {
                    mistakes.add(e);
                    return Filter.all();
                }
            });
            if (!mistakes.isEmpty()) {
                throw mistakes.getFirst();
            }
            return filter;
        }
    }

    /** What may have been meant where {@code dev} found nothing. */
    static void explainDevice(Filter filter) {
        String device = filter.boundDevice();
        if (device != null) {
            Diagnostics.note("note: dev, as in ss, means sockets that are bound to " + device
                    + " (SO_BINDTODEVICE); those with an address of it are meant by: on " + device);
        }
    }

    /** The filter for connections that pass through this host. */
    static Filter parseForwarded(ParseResult line) throws FilterSyntaxException {
        return Filter.parseForwarded(line.matchedPositionalValue(0, List.<String>of()));
    }
}
