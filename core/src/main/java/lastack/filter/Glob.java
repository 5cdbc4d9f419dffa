package lastack.filter;

import org.jspecify.annotations.Nullable;

/** A shell pattern: {@code *}, {@code ?} and {@code [a-z]}, {@code [!a-z]}; case matters. */
final class Glob {
    private final String pattern;

    private Glob(String pattern) {
        this.pattern = pattern;
    }

    /** The pattern of this text, or null when a bracket is left open. */
    static @Nullable Glob of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '[') {
                i = endOfSet(text, i);
                if (i < 0) {
                    return null;
                }
            }
        }
        return new Glob(text);
    }

    /** Goes back to the last star only, so that no pattern takes more than pattern times text steps. */
    boolean matches(String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int starText = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starText = t;
            } else if (p < pattern.length() && accepts(p, text.charAt(t))) {
                p = next(p);
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++starText;
            } else {
                return false;
            }
        }
        return onlyStarsFrom(p);
    }

    private boolean onlyStarsFrom(int p) {
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private boolean accepts(int p, char c) {
        return switch (pattern.charAt(p)) {
            case '?' -> true;
            case '[' -> setHas(p, c);
            default -> pattern.charAt(p) == c;
        };
    }

    private int next(int p) {
        return pattern.charAt(p) == '[' ? endOfSet(pattern, p) + 1 : p + 1;
    }

    private boolean setHas(int open, char c) {
        int end = endOfSet(pattern, open);
        boolean inverted = inverted(pattern, open);
        boolean found = false;
        for (int i = open + (inverted ? 2 : 1); i < end; i++) {
            char low = pattern.charAt(i);
            boolean range = i + 2 < end && pattern.charAt(i + 1) == '-';
            i = range ? i + 2 : i;
            found |= c >= low && c <= pattern.charAt(i);
        }
        return found != inverted;
    }

    private static boolean inverted(String text, int open) {
        return open + 1 < text.length() && (text.charAt(open + 1) == '!' || text.charAt(open + 1) == '^');
    }

    /** A {@code ]} that comes first belongs to the set. */
    private static int endOfSet(String text, int open) {
        return text.indexOf(']', open + (inverted(text, open) ? 3 : 2));
    }

    @Override
    public String toString() {
        return pattern;
    }
}
