package lastack.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lastack.launch.BindPolicy;
import lastack.launch.ForcedOptions;
import lastack.model.Durations;
import lastack.options.OptionName;
import lastack.options.OptionSyntaxException;
import lastack.options.SocketOption;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** What {@code run} is to force on a program. */
final class ForcedSwitches {
    private static final List<OptionName> OPTIONS =
            List.of(OptionName.LINGER, OptionName.KEEPALIVE, OptionName.USER_TIMEOUT, OptionName.FIN_TIMEOUT);

    private ForcedSwitches() {}

    static void declare(CommandSpec spec) {
        spec.addOption(Options.value(
                BindPolicy.class,
                new BindWord(),
                "reuse|wait[=TIME]|evict",
                "reuse: set SO_REUSEADDR; wait[=2m]: hold the bind until the port is free;"
                        + " evict: remove what lingers on the port first",
                "--bind"));
        for (OptionName option : OPTIONS) {
            spec.addOption(Options.value(
                    SocketOption.class,
                    new OptionValue(option),
                    "VALUE",
                    option.purpose() + ": " + option.form(),
                    "--" + option.label()));
        }
    }

    static ForcedOptions of(ParseResult line) {
        List<SocketOption> options = new ArrayList<>();
        for (OptionName option : OPTIONS) {
            SocketOption value = line.matchedOptionValue("--" + option.label(), (SocketOption) null);
            if (value != null) {
                options.add(value);
            }
        }
        return new ForcedOptions(line.matchedOptionValue("--bind", new BindPolicy.Untouched()), options);
    }

    /** {@code reuse}, {@code wait}, {@code wait=30s} or {@code evict}. */
    static final class BindWord implements ITypeConverter<BindPolicy> {
        private static final Duration PATIENCE = Duration.ofMinutes(2);

        @Override
        public BindPolicy convert(String text) {
            return switch (text) {
                case "reuse" -> new BindPolicy.Reuse();
                case "evict" -> new BindPolicy.Evict();
                case "wait" -> new BindPolicy.Wait(PATIENCE);
                default -> new BindPolicy.Wait(patience(text));
            };
        }

        private static Duration patience(String text) {
            return Durations.parseMillis(text.startsWith("wait=") ? text.substring("wait=".length()) : "")
                    .map(Duration::ofMillis)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is none of reuse, wait, wait=TIME such as wait=30s, and evict"));
        }
    }

    /** The value of one socket option. */
    record OptionValue(OptionName name) implements ITypeConverter<SocketOption> {
        @Override
        public SocketOption convert(String text) {
            try {
                return name.parse(text);
            } catch (OptionSyntaxException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
