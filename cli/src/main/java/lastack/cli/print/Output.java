package lastack.cli.print;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import lastack.model.ByteText;

/** Standard output in large writes. A failed write surfaces as {@link UncheckedIOException}, to end a listing early. */
public final class Output extends Writer {
    private static final int BUFFER = 64 * 1024;

    private final OutputStream bytes;

    /** Encodes what comes as characters. */
    private final Writer characters;

    private boolean charactersWait;

    /** Writes to the given stream. */
    public Output(OutputStream stream) {
        this.bytes = new BufferedOutputStream(stream, BUFFER);
        this.characters = new OutputStreamWriter(new Unflushed(bytes), StandardCharsets.UTF_8);
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
            characters.append(text).append('\n');
            charactersWait = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line; a line break is appended to the text. */
    public void line(ByteText text) {
        text.append('\n');
        try {
            encodeWaiting();
            bytes.write(text.bytes(), 0, text.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(char[] chars, int offset, int length) {
        try {
            characters.write(chars, offset, length);
            charactersWait = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void encodeWaiting() throws IOException {
        if (charactersWait) {
            characters.flush();
            charactersWait = false;
        }
    }

    @Override
    public void flush() {
        try {
            encodeWaiting();
            bytes.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what is left; standard output itself stays open. */
    @Override
    public void close() {
        flush();
    }

    /** Lets the encoder be emptied without a small write to the kernel. */
    private static final class Unflushed extends FilterOutputStream {
        Unflushed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }

        @Override
        public void flush() {
            // Only Output decides when.
        }
    }
}
