package lastack.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The kinds of options there are. */
final class Options {
    private Options() {}

    /** What every command answers to. */
    static void standard(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this help")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("show the version")
                .build());
    }

    /** A switch that is on when it is given. */
    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /** A switch that help does not mention. */
    static OptionSpec hidden(String... names) {
        return OptionSpec.builder(names).type(boolean.class).hidden(true).build();
    }

    /** An option with a text. */
    static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option with one of a few words. */
    static OptionSpec choice(Class<? extends Enum<?>> type, String description, String name) {
        return OptionSpec.builder(name)
                .type(type)
                .paramLabel(labels(type))
                .description(description)
                .build();
    }

    private static String labels(Class<? extends Enum<?>> type) {
        return Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining("|"));
    }

    /** An option whose value has a form of its own. */
    static <T> OptionSpec value(
            Class<T> type, ITypeConverter<T> converter, String label, String description, String name) {
        return OptionSpec.builder(name)
                .type(type)
                .converters(converter)
                .paramLabel(label)
                .description(description)
                .build();
    }
}
