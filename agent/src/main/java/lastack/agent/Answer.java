package lastack.agent;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;

/** An answer on its way to lastack: a file of lines, each of words between tabs, that gets its name once it is whole. */
final class Answer implements Closeable {
    private static final int DEEPEST = 64;

    private final File part;
    private final File whole;
    private final Writer out;

    Answer(File folder, String token) throws IOException {
        this.part = new File(folder, "part." + token);
        this.whole = new File(folder, "answer." + token);
        this.out =
                new BufferedWriter(new OutputStreamWriter(new FileOutputStream(part), StandardCharsets.UTF_8), 1 << 16);
    }

    void line(String... words) throws IOException {
        for (int i = 0; i < words.length; i++) {
            if (i > 0) {
                out.write('\t');
            }
            out.write(plain(words[i]));
        }
        out.write('\n');
    }

    void frames(StackTraceElement[] frames) throws IOException {
        for (int i = 0; i < Math.min(frames.length, DEEPEST); i++) {
            StackTraceElement frame = frames[i];
            line(
                    "frame",
                    frame.getClassName(),
                    frame.getMethodName(),
                    frame.getFileName() == null ? "" : frame.getFileName(),
                    Integer.toString(frame.getLineNumber()));
        }
    }

    private static String plain(String word) {
        boolean breaks = word.indexOf('\t') >= 0 || word.indexOf('\n') >= 0 || word.indexOf('\r') >= 0;
        return breaks ? word.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ') : word;
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.move(part.toPath(), whole.toPath(), StandardCopyOption.ATOMIC_MOVE);
    }
}
