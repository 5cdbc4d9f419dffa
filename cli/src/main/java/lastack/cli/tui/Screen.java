package lastack.cli.tui;

import java.util.Arrays;
import org.jline.utils.WCWidth;

/** A screen as cells: what is put beside it is cut off, and nothing that is put can steer a terminal. */
final class Screen {
    /** The right half of a character that is two columns wide. */
    static final int CONTINUED = 0;

    private static final char UNKNOWN = '?';
    private static final int LAST_ASCII = 126;

    private final int width;
    private final int height;
    private final boolean ascii;
    private final int[] characters;
    private final Ink[] inks;

    Screen(int width, int height, boolean ascii) {
        this.width = width;
        this.height = height;
        this.ascii = ascii;
        this.characters = new int[width * height];
        this.inks = new Ink[width * height];
        Arrays.fill(characters, ' ');
        Arrays.fill(inks, Ink.PLAIN);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Puts a text and hands back the column behind it. */
    int put(int x, int y, String text, Ink ink) {
        int at = x;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            at += put(at, y, text.codePointAt(i), ink);
        }
        return at;
    }

    private int put(int x, int y, int character, Ink ink) {
        int shown = shown(character);
        int columns = WCWidth.wcwidth(shown);
        if (columns > 0 && y >= 0 && y < height && x >= 0 && x + columns <= width) {
            set(x, y, shown, ink);
            if (columns == 2) {
                set(x + 1, y, CONTINUED, ink);
            }
        }
        return columns;
    }

    private int shown(int character) {
        boolean drawable = WCWidth.wcwidth(character) >= 0 && !LineDrawing.isDisguise(character);
        return drawable && (!ascii || character <= LAST_ASCII) ? character : UNKNOWN;
    }

    private void set(int x, int y, int character, Ink ink) {
        characters[y * width + x] = character;
        inks[y * width + x] = ink;
    }

    /** Puts a text that ends before a column. */
    void putRight(int end, int y, String text, Ink ink) {
        put(end - columns(text), y, text, ink);
    }

    /** Gives a whole row another ink. */
    void dye(int y, Ink ink) {
        Arrays.fill(inks, y * width, (y + 1) * width, ink);
    }

    /** Empties some rows. */
    void clear(int fromRow, int toRow) {
        Arrays.fill(characters, fromRow * width, toRow * width, ' ');
        Arrays.fill(inks, fromRow * width, toRow * width, Ink.PLAIN);
    }

    int character(int x, int y) {
        return characters[y * width + x];
    }

    Ink ink(int x, int y) {
        return inks[y * width + x];
    }

    /** How many columns a text takes. */
    static int columns(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    /** A row as text, without the blanks at its end. */
    String row(int y) {
        StringBuilder row = new StringBuilder(width);
        for (int x = 0; x < width; x++) {
            if (character(x, y) != CONTINUED) {
                row.appendCodePoint(character(x, y));
            }
        }
        return row.toString().stripTrailing();
    }

    /** All rows as text. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder();
        for (int y = 0; y < height; y++) {
            all.append(row(y)).append('\n');
        }
        return all.toString();
    }
}
