package lastack.cli;

import java.util.ArrayList;
import java.util.List;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The filter at the end of a command line, as one argument or many. */
final class FilterWords {
    private FilterWords() {}

    static void declare(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("FILTER")
                .description("as ss takes it, and more: state close-wait dport = :443 and age > 5m")
                .build());
    }

    /** The filter, with words put in front of it. */
    static Filter parse(ParseResult line, String... before) throws FilterSyntaxException {
        List<String> words = new ArrayList<>(List.of(before));
        words.addAll(line.matchedPositionalValue(0, List.<String>of()));
        return Filter.parse(words);
    }

    /** The filter for connections that pass through this host. */
    static Filter parseForwarded(ParseResult line) throws FilterSyntaxException {
        return Filter.parseForwarded(line.matchedPositionalValue(0, List.<String>of()));
    }
}
