package lastack.cli;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The known word nearest to one that was mistyped. */
final class Suggestion {
    private Suggestion() {}
}
