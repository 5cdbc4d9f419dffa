package lastack.cli.print;

import java.util.ArrayList;
import java.util.List;

/** A command in rows that fit a terminal and can be pasted together: each but the last ends in a backslash. */
public final class ShellLine {
    private static final String GOES_ON = " \\";

    private ShellLine() {}

    /** Broken between words; a word, whatever is in its quotes, stays whole also where it is too long. */
    public static List<String> rows(String command, int columns) {
        List<String> rows = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        List<String> words = words(command);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int room = i == words.size() - 1 ? columns : columns - GOES_ON.length();
            if (!row.isEmpty() && row.length() + 1 + word.length() > room) {
                rows.add(row + GOES_ON);
                row.setLength(0);
            }
            row.append(row.isEmpty() ? "" : " ").append(word);
        }
        rows.add(row.toString());
        return rows;
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            quoted ^= c == '\'';
            if (c == ' ' && !quoted) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words;
    }
}
