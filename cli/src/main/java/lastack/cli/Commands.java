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
    DOCTOR,
    DEMO,
    HELP;

    /** The subcommand of this name, or null. */
    static @Nullable Commands named(String name) {
        for (Commands command : values()) {
            if (command.label().equals(name)) {
                return command;
            }
        }
        return null;
    }

    /** The names of all. */
    static List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (Commands command : values()) {
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
            case DOCTOR -> new DoctorCommand();
            case DEMO -> new DemoCommand();
            case HELP -> new HelpCommand();
        };
    }
}
