package lastack.cli.print;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
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

    private final OutputStream stream;

    /** What has not been written yet, always whole lines and what {@link #text} is for. */
    private final ByteText waiting = new ByteText(BUFFER + BUFFER / 8);

    /** Encodes what comes as characters. */
    private final Writer characters = new OutputStreamWriter(new Encoded(), StandardCharsets.UTF_8);

    private boolean charactersWait;

    /** Writes to the given stream. */
    public Output(OutputStream stream) {
        this.stream = stream;
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

    /** Writes a line that is bytes already. */
    public void line(ByteText line) {
        text().append(line.bytes(), 0, line.length());
        endLine();
    }

    /** Where a line can be put together in place; {@link #endLine} ends it. */
    ByteText text() {
        encode();
        return waiting;
    }

    /** Ends the line in {@link #text}. */
    void endLine() {
        waiting.append('\n');
        if (waiting.length() >= BUFFER) {
            writeWaiting();
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

    private void encode() {
        if (charactersWait) {
            charactersWait = false;
            try {
                characters.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void writeWaiting() {
        try {
            stream.write(waiting.bytes(), 0, waiting.length());
            waiting.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {
        encode();
        writeWaiting();
    }

    /** Writes what is left; standard output itself stays open. */
    @Override
    public void close() {
        flush();
    }

    /** Takes what the encoder makes of characters; being flushed it writes nothing yet. */
    private final class Encoded extends OutputStream {
        @Override
        public void write(int oneByte) {
            waiting.append((char) oneByte);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            waiting.append(bytes, offset, length);
            if (waiting.length() >= BUFFER) {
                writeWaiting();
            }
        }
    }
}
