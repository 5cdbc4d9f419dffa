package lastack.cli;

import java.util.ArrayList;
import java.util.List;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import picocli.CommandLine.Parameters;

/** The filter at the end of a command line, as one argument or many. */
final class FilterWords {
    @Parameters(
            paramLabel = "FILTER",
            description = "as ss takes it, and more: state close-wait and dport = :443 and age > 5m")
    private List<String> words = new ArrayList<>();

    Filter parse() throws FilterSyntaxException {
        return Filter.parse(words);
    }

    /** The filter with words put in front of it. */
    Filter parse(String... before) throws FilterSyntaxException {
        List<String> all = new ArrayList<>(List.of(before));
        all.addAll(words);
        return Filter.parse(all);
    }
}
