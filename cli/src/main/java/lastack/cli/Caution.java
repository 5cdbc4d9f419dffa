package lastack.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * How careful a command that changes sockets is to be.
 *
 * @param limit how many sockets may be touched at most
 * @param dryRun whether only to show the plan
 * @param yes whether not to ask
 * @param listeners whether listening sockets may be touched
 * @param mySession whether the connection the user is logged in through may be touched
 */
record Caution(int limit, boolean dryRun, boolean yes, boolean listeners, boolean mySession) {
    static void declare(CommandSpec spec) {
        spec.addOption(Options.value(Integer.class, new Count(), "N", "touch at most N sockets", "--limit"));
        spec.addOption(Options.flag("show what would be done and change nothing", "--dry-run"));
        spec.addOption(Options.flag("do not ask", "-y", "--yes"));
        spec.addOption(Options.flag("listening sockets too", "--listeners"));
        spec.addOption(Options.flag("the connection you are logged in through too", "--my-session"));
    }

    static Caution of(ParseResult line) {
        return new Caution(
                line.matchedOptionValue("--limit", Integer.MAX_VALUE),
                line.hasMatchedOption("--dry-run"),
                line.hasMatchedOption("--yes"),
                line.hasMatchedOption("--listeners"),
                line.hasMatchedOption("--my-session"));
    }

    /** A number from 1 up. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public @Nullable Integer convert(String text) {
            try {
                int count = Integer.parseInt(text);
                if (count > 0) {
                    return count;
                }
            } catch (NumberFormatException e) {
                throw notACount(text);
            }
            throw notACount(text);
        }

        private static TypeConversionException notACount(String text) {
            return new TypeConversionException("'" + text + "' is no number of sockets; write one from 1 up");
        }
    }
}
