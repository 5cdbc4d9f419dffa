package lastack.cli.tui;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jline.terminal.Terminal;

/**
 * Lets the lines of drawings through. JLine's Display replaces {@code ─│┌┐└┘├┤┬┴┼} by letters of the VT100's second character set, which
 * several terminals do not have in UTF-8, or else by {@code +-|}. So they are drawn as private characters and made what they are behind it.
 *
 * <pre>
 * U+2500 to U+253F in UTF-8   E2 94 80 to E2 94 BF
 * U+E000 to U+E03F in UTF-8   EE 80 80 to EE 80 BF
 * </pre>
 */
final class LineDrawing {
    private static final int FIRST = 0x2500;
    private static final int LAST = 0x253F;
    private static final int PRIVATE = 0xE000;

    private LineDrawing() {}

    /** What stands for a character on its way through the Display; for most the character itself. */
    static int disguised(int character) {
        return character >= FIRST && character <= LAST ? character - FIRST + PRIVATE : character;
    }

    /** Whether a character would be taken for a line's. */
    static boolean isDisguise(int character) {
        return character >= PRIVATE && character <= PRIVATE + LAST - FIRST;
    }

    /** The same terminal for a Display, with lines drawn as lines. */
    static Terminal on(Terminal terminal) {
        OutputStream revealing = new Revealing(terminal.output());
        return (Terminal) Proxy.newProxyInstance(
                Terminal.class.getClassLoader(), new Class<?>[] {Terminal.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("output")) {
                        return revealing;
                    }
                    try {
                        return method.invoke(terminal, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A whole frame is written at once, so no character is ever torn. */
    private static final class Revealing extends FilterOutputStream {
        Revealing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            byte[] revealed = new byte[length];
            System.arraycopy(bytes, offset, revealed, 0, length);
            for (int i = 0; i + 2 < length; i++) {
                if (revealed[i] == (byte) 0xEE && revealed[i + 1] == (byte) 0x80) {
                    revealed[i] = (byte) 0xE2;
                    revealed[i + 1] = (byte) 0x94;
                }
            }
            out.write(revealed, 0, length);
        }
    }
}
