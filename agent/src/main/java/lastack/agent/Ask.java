package lastack.agent;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A question: a file of lines, each of words between tabs. */
final class Ask {
    private static final int USUAL_NODES = 1_000_000;
    private static final int USUAL_MILLIS = 2_000;

    String act = "";
    String argument = "";
    int mostNodes = USUAL_NODES;
    int mostMillis = USUAL_MILLIS;
    final List<Wanted> wanted = new ArrayList<>();

    /** The fields to read of objects that lie on the way, by the name of their class. */
    final Map<String, String[]> watched = new HashMap<>();

    static Ask read(File file) throws IOException {
        Ask ask = new Ask();
        for (String line : Files.readAllLines(file.toPath(), StandardCharsets.UTF_8)) {
            ask.take(line.split("\t", -1));
        }
        return ask;
    }

    private void take(String[] words) {
        switch (words[0]) {
            case "do":
                act = words[1];
                argument = words.length > 2 ? words[2] : "";
                break;
            case "limits":
                mostNodes = Integer.parseInt(words[1]);
                mostMillis = Integer.parseInt(words[2]);
                break;
            case "fd":
                wanted.add(new Wanted(Integer.parseInt(words[1]), Long.parseLong(words[2])));
                break;
            case "watch":
                watched.put(words[1], words[2].split(",", -1));
                break;
            default:
                // From a newer lastack: what it adds can be left out.
                break;
        }
    }
}
