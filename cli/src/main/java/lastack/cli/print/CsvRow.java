package lastack.cli.print;

import lastack.model.Age;
import org.jspecify.annotations.Nullable;

/** A row of comma-separated values (RFC 4180), filled from the left and written out when it is full. */
final class CsvRow {
    private final Output out;
    private final StringBuilder row = new StringBuilder(200);
    private boolean begun;

    CsvRow(Output out) {
        this.out = out;
    }

    CsvRow add(long number) {
        separate().append(number);
        return this;
    }

    CsvRow add(String text) {
        appendQuoted(separate(), SafeText.of(text));
        return this;
    }

    /** Cells without anything in them. */
    CsvRow empty(int count) {
        for (int i = 0; i < count; i++) {
            separate();
        }
        return this;
    }

    /** Milliseconds, where they come from, and how far they are to be trusted. */
    CsvRow add(@Nullable Age age) {
        return age == null
                ? empty(3)
                : add(age.millis()).add(age.source().label()).add(age.bound().label());
    }

    private StringBuilder separate() {
        if (begun) {
            row.append(',');
        }
        begun = true;
        return row;
    }

    void end() {
        out.line(row);
        row.setLength(0);
        begun = false;
    }

    private static void appendQuoted(StringBuilder row, String text) {
        boolean plain =
                text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        row.append(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    }
}
