package lastack.filter;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a filter into words.
 *
 * <p>ss cuts at blanks only. Here operators and parentheses may also be glued to the words beside them. What a character
 * means depends on the place, so the parser says what it wants: a token of the expression, an operator, or a value. As in
 * ss, a backslash takes its meaning from the next character.
 */
final class Lexer {
    private static final String STRUCTURE = "()!&|=<>";
    private static final String OPERATOR = "=!<>";

    private final String text;
    private int position;
    private int open;
    private @Nullable Token ahead;

    Lexer(String text) {
        this.text = text;
    }

    /** The next token, which stays the next one. */
    Token peek() {
        Token token = ahead;
        if (token == null) {
            token = read();
            ahead = token;
        }
        return token;
    }

    /** Takes the next token. */
    Token next() {
        Token token = peek();
        ahead = null;
        switch (token.kind()) {
            case OPEN -> open++;
            case CLOSE -> open--;
            default -> {}
        }
        return token;
    }

    private Token read() {
        skipBlanks();
        Word word = atEnd() ? endOfText() : tokenWord();
        return new Token(Token.Kind.of(word.text()), word);
    }

    private Word tokenWord() {
        char first = text.charAt(position);
        return switch (first) {
            case '(', ')', '!' -> take(1);
            case '&', '|' -> take(text.startsWith(String.valueOf(first).repeat(2), position) ? 2 : 1);
            case '=', '<', '>' -> take(runLength(OPERATOR));
            default -> word(STRUCTURE, false);
        };
    }

    /** Takes a comparison operator, or nothing where there is none. */
    @Nullable
    Word operator() {
        skipBlanks();
        int run = runLength(OPERATOR);
        while (run > 0 && Comparison.of(text.substring(position, position + run)) == null) {
            run--;
        }
        if (run > 0) {
            return take(run);
        }
        int start = position;
        Word word = word("", false);
        if (Comparison.of(word.text()) == null) {
            position = start;
            return null;
        }
        return word;
    }

    /** Takes a value in which nothing of the expression's own characters can be: a port, an address, a number. */
    Word value() {
        skipBlanks();
        return atEnd() ? endOfText() : word(STRUCTURE, false);
    }

    /** Takes a name, path or pattern, in which parentheses may be, as in {@code (sd-pam)}. */
    Word freeValue() {
        skipBlanks();
        return atEnd() ? endOfText() : word("&|", open > 0);
    }

    /** Reads up to a blank, a stop, or the parenthesis that closes one opened before the word. */
    private Word word(String stops, boolean stopsAtClosing) {
        int start = position;
        int depth = 0;
        StringBuilder word = new StringBuilder();
        while (!atEnd() && !isBlank(text.charAt(position)) && stops.indexOf(text.charAt(position)) < 0) {
            char c = text.charAt(position);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (stopsAtClosing && depth < 0) {
                break;
            }
            position++;
            if (c != '\\') {
                word.append(c);
            } else if (!atEnd()) {
                word.append(text.charAt(position++));
            }
        }
        return new Word(word.toString(), start, position);
    }

    private Word take(int length) {
        position += length;
        return new Word(text.substring(position - length, position), position - length, position);
    }

    private int runLength(String characters) {
        int end = position;
        while (end < text.length() && characters.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end - position;
    }

    private void skipBlanks() {
        while (!atEnd() && isBlank(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isBlank(char c) {
        return c <= ' ';
    }

    private boolean atEnd() {
        return position >= text.length();
    }

    private Word endOfText() {
        return new Word("", text.length(), text.length());
    }

    /** An exception that points at a word. */
    FilterSyntaxException mistake(Word word, String expected, @Nullable String suggestion) {
        return new FilterSyntaxException(text, word.start(), word.end() - word.start(), expected, suggestion);
    }

    /** An exception that points at a word. */
    FilterSyntaxException mistake(Word word, String expected) {
        return mistake(word, expected, null);
    }
}
