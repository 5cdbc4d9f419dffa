package lastack.cli.tui;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** From cells to what a terminal is told. The sixteen colours are the user's own; where there is none, weight and reversal must do. */
record Palette(boolean colours) {
    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final int DARK_GREY = 236;
    private static final int GREY = 245;

    List<AttributedString> lines(Screen screen) {
        List<AttributedString> lines = new ArrayList<>(screen.height());
        for (int y = 0; y < screen.height(); y++) {
            lines.add(line(screen, y));
        }
        return lines;
    }

    private AttributedString line(Screen screen, int y) {
        AttributedStringBuilder line = new AttributedStringBuilder(screen.width());
        StringBuilder run = new StringBuilder(screen.width());
        for (int x = 0; x < screen.width(); x++) {
            if (screen.character(x, y) != Screen.CONTINUED) {
                run.appendCodePoint(LineDrawing.disguised(screen.character(x, y)));
            }
            if (x + 1 == screen.width() || screen.ink(x + 1, y) != screen.ink(x, y)) {
                line.styled(style(screen.ink(x, y)), run);
                run.setLength(0);
            }
        }
        return line.toAttributedString();
    }

    private AttributedStyle style(Ink ink) {
        return colours ? coloured(ink) : colourless(ink);
    }

    private static AttributedStyle coloured(Ink ink) {
        return switch (ink) {
            case PLAIN -> PLAIN;
            case FAINT -> PLAIN.foreground(GREY);
            case STRONG -> PLAIN.bold();
            case TITLE ->
                PLAIN.bold()
                        .foreground(AttributedStyle.BRIGHT + AttributedStyle.WHITE)
                        .background(DARK_GREY);
            case BAD -> PLAIN.bold().foreground(AttributedStyle.RED);
            case WARNING -> PLAIN.foreground(AttributedStyle.YELLOW);
            case FINE -> PLAIN.foreground(AttributedStyle.GREEN);
            case COOL -> PLAIN.foreground(AttributedStyle.CYAN);
            case CALM -> PLAIN.foreground(AttributedStyle.BLUE);
            case NEW -> PLAIN.foreground(AttributedStyle.MAGENTA);
            case FLOW -> PLAIN.bold().foreground(AttributedStyle.CYAN);
            case CHOSEN -> PLAIN.inverse();
            case REMEMBERED -> PLAIN.background(DARK_GREY);
        };
    }

    private static AttributedStyle colourless(Ink ink) {
        return switch (ink) {
            case PLAIN, FAINT, WARNING, FINE, COOL, CALM, NEW -> PLAIN;
            case STRONG, BAD, FLOW -> PLAIN.bold();
            case TITLE, REMEMBERED -> PLAIN.underline();
            case CHOSEN -> PLAIN.inverse();
        };
    }
}
