package lastack.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lastack.cli.manual.ManPage;
import picocli.CommandLine;

/** Writes the manual page of every command; {@code ./package} calls it. The page on filters is docs/man/lastack-filter.7. */
final class ManPages {
    private static final List<String> ELSEWHERE = List.of("lastack-filter(7)", "ss(8)", "tcp(7)");

    private ManPages() {}

    /** Takes the folder the pages go to and the date that is to stand on them. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        for (Map.Entry<String, CommandLine> page : commands().entrySet()) {
            String text = ManPage.of(page.getValue(), Main.version(), args[1], related(page.getKey()));
            Files.writeString(folder.resolve(page.getKey() + ".1"), text, StandardCharsets.US_ASCII);
        }
    }

    /** The commands for people, by the names of their pages. */
    static Map<String, CommandLine> commands() {
        Map<String, CommandLine> commands = new LinkedHashMap<>();
        commands.put("lastack", HelpCommand.rootLine());
        for (Commands command : Commands.shown()) {
            String name = "lastack " + command.label();
            commands.put(ManPage.name(name), Main.commandLine(command.create(), name));
        }
        return commands;
    }

    private static List<String> related(String page) {
        List<String> related = new ArrayList<>();
        for (String other : commands().keySet()) {
            if (!other.equals(page)) {
                related.add(other + "(1)");
            }
        }
        related.addAll(ELSEWHERE);
        return related;
    }
}
