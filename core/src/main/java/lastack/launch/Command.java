package lastack.launch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program with all it is started with, byte for byte: file names need not be text in any encoding.
 *
 * @param words its name and arguments; a name without a slash is looked for in {@code PATH}
 * @param environment {@code NAME=value} each
 * @param blockedSignals bit n-1 for signal n
 * @param ignoredSignals the same; {@code nohup} ignores SIGHUP
 */
public record Command(List<byte[]> words, List<byte[]> environment, long blockedSignals, long ignoredSignals) {
    /** What execvp(3) takes where there is no {@code PATH}. */
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    /** Its name for the reader of a message. */
    String name() {
        return new String(words.getFirst(), StandardCharsets.UTF_8);
    }

    /** Where its file may be, in order. ISO 8859-1 keeps every byte as it is. */
    List<byte[]> files() {
        String name = new String(words.getFirst(), StandardCharsets.ISO_8859_1);
        if (name.indexOf('/') >= 0 || name.isEmpty()) {
            return List.of(words.getFirst());
        }
        List<byte[]> files = new ArrayList<>();
        for (String folder : path().split(":", -1)) {
            String file = folder.isEmpty() ? name : folder + '/' + name;
            files.add(file.getBytes(StandardCharsets.ISO_8859_1));
        }
        return files;
    }

    private String path() {
        for (byte[] entry : environment) {
            String text = new String(entry, StandardCharsets.ISO_8859_1);
            if (text.startsWith("PATH=")) {
                return text.substring("PATH=".length());
            }
        }
        return DEFAULT_PATH;
    }

    /** The same through the shell: a script without a first line that says how to run it. */
    Command asShellScript(byte[] file) {
        List<byte[]> shell = new ArrayList<>(words);
        shell.set(0, file);
        shell.addFirst("sh".getBytes(StandardCharsets.ISO_8859_1));
        return new Command(shell, environment, blockedSignals, ignoredSignals);
    }
}
