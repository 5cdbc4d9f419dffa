package lastack.cli.print;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Standard output in large writes. A failed write surfaces as {@link UncheckedIOException}, to end a listing early. */
public final class Output extends Writer {
    private static final int BUFFER = 64 * 1024;

    private final Writer writer;

    /** Writes to the given stream. */
    public Output(OutputStream stream) {
        this.writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), BUFFER);
    }

    /** Writes to standard output. */
    public static Output standard() {
        return new Output(new FileOutputStream(FileDescriptor.out));
    }

    /** Writes to standard error. */
    public static Output standardError() {
        return new Output(new FileOutputStream(FileDescriptor.err));
    }

    /** Writes a line. */
    public void line(CharSequence text) {
        try {
            writer.append(text).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(char[] chars, int offset, int length) {
        try {
            writer.write(chars, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what is left; standard output itself stays open. */
    @Override
    public void close() {
        flush();
    }
}
