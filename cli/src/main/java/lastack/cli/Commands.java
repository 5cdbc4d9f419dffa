package lastack.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The subcommands. */
enum Commands {
    LS,
    WHY,
    CLOSE,
    FREE,
    RUN,
    SET,
    TUNE,
    EVENTS,
    DOCTOR,
    DEMO,
    COMPLETION,
    HELP,
    SUPERVISE,
    COMPLETE;

    /** The subcommand of this name, or null. */
    static @Nullable Commands named(String name) {
        for (Commands command : values()) {
            if (command.label().equals(name)) {
                return command;
            }
        }
        return null;
    }

    /** Those for people; the others are for lastack itself. */
    static List<Commands> shown() {
        List<Commands> shown = new ArrayList<>(List.of(values()));
        shown.removeAll(List.of(SUPERVISE, COMPLETE));
        return shown;
    }

    /** The names of those for people. */
    static List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (Commands command : shown()) {
            labels.add(command.label());
        }
        return labels;
    }

    /** The name on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The command itself, ready to be filled by the parser. */
    Subcommand create() {
        return switch (this) {
            case LS -> new LsCommand();
            case WHY -> new WhyCommand();
            case CLOSE -> new CloseCommand();
            case FREE -> new FreeCommand();
            case SET -> new SetCommand();
            case TUNE -> new TuneCommand();
            case EVENTS -> new EventsCommand();
            case DOCTOR -> new DoctorCommand();
            case RUN -> new RunCommand();
            case DEMO -> new DemoCommand();
            case COMPLETION -> new CompletionCommand();
            case COMPLETE -> new CompleteCommand();
            case HELP -> new HelpCommand();
            case SUPERVISE -> new SuperviseCommand();
        };
    }
}
