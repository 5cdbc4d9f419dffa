package lastack.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lastack.model.Durations;
import lastack.remedy.Method;
import lastack.remedy.RemovalOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * How sockets are to be removed.
 *
 * @param options what the library is told
 * @param caution how careful to be
 */
record RemovalSwitches(RemovalOptions options, Caution caution) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    static void declare(CommandSpec spec) {
        spec.addOption(Options.value(
                Method.class,
                new MethodName(),
                "METHOD",
                "use this method: auto, " + MethodName.names() + " (default: auto)",
                "--by"));
        spec.addOption(Options.flag("the descriptor must be released too", "--free-fd"));
        spec.addOption(Options.flag("go on to harsher methods, up to signals, where one did not help", "--escalate"));
        spec.addOption(Options.value(
                Duration.class,
                new TimeSpan(),
                "TIME",
                "how long to look for a socket to be gone, such as 500ms or 5s (default: 2s)",
                "--wait"));
        Caution.declare(spec);
        spec.addOption(Options.flag("reset the peer too (with --by reset)", "--both-ends"));
    }

    static RemovalSwitches of(ParseResult line) {
        Caution caution = Caution.of(line);
        boolean bothEnds = line.hasMatchedOption("--both-ends");
        if (bothEnds && line.matchedOptionValue("--by", (Method) null) != Method.RESET) {
            throw new ParameterException(
                    line.commandSpec().commandLine(),
                    "--both-ends goes with --by reset only: no other method has both");
        }
        RemovalOptions options = new RemovalOptions(
                Optional.ofNullable(line.matchedOptionValue("--by", (Method) null)),
                line.hasMatchedOption("--free-fd"),
                line.hasMatchedOption("--escalate"),
                line.matchedOptionValue("--wait", PATIENCE),
                caution.listeners(),
                caution.mySession(),
                bothEnds,
                false);
        return new RemovalSwitches(options, caution);
    }

    /** {@code auto} or the name of a method. */
    static final class MethodName implements ITypeConverter<Method> {
        @Override
        public @Nullable Method convert(String text) {
            return text.equals("auto")
                    ? null
                    : Method.named(text)
                            .orElseThrow(() -> new TypeConversionException(
                                    "'" + text + "' is no method; there are auto, " + names()));
        }

        private static String names() {
            List<String> names = new ArrayList<>();
            for (Method method : Method.values()) {
                names.add(method.label());
            }
            return String.join(", ", names);
        }
    }

    /** A time such as {@code 500ms}. */
    static final class TimeSpan implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.parseMillis(text)
                    .map(Duration::ofMillis)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no time; write it as 500ms, 30s, 5m, 2h or 1d"));
        }
    }
}
