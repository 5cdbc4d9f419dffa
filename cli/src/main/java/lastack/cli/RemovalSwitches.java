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
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How sockets are to be removed. */
final class RemovalSwitches {
    @Option(
            names = "--by",
            paramLabel = "METHOD",
            converter = MethodName.class,
            description = "use this method: auto, shutdown, disconnect, destroy, vanish, park, fd, term, kill")
    private Optional<Method> by = Optional.empty();

    @Option(names = "--free-fd", description = "the descriptor must be released too")
    private boolean freeDescriptor;

    @Option(names = "--escalate", description = "go on to harsher methods, up to signals, where one did not help")
    private boolean escalate;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "how long to look for a socket to be gone, such as 500ms or 5s (default: 2s)")
    private Duration patience = Duration.ofSeconds(2);

    @Option(names = "--limit", paramLabel = "N", converter = Count.class, description = "touch at most N sockets")
    private Integer limit = Integer.MAX_VALUE;

    @Option(names = "--dry-run", description = "show what would be done and change nothing")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "do not ask")
    private boolean yes;

    @Option(names = "--listeners", description = "listening sockets too")
    private boolean listeners;

    @Option(names = "--my-session", description = "the connection you are logged in through too")
    private boolean mySession;

    RemovalOptions options() {
        return new RemovalOptions(by, freeDescriptor, escalate, patience, listeners, mySession);
    }

    int limit() {
        return limit;
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean yes() {
        return yes;
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
