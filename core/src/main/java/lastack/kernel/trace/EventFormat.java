package lastack.kernel.trace;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the record of a tracepoint is laid out in this kernel, as the {@code format} file of tracefs tells.
 *
 * @param id the tracepoint's number, for {@code perf_event_attr.config}
 * @param fields where each field lies, by its name
 */
public record EventFormat(int id, Map<String, Field> fields) {
    private static final Pattern ID = Pattern.compile("^ID: (\\d{1,9})$", Pattern.MULTILINE);
    private static final Pattern FIELD = Pattern.compile(
            "field:[^;]*?(\\w+)(?:\\[\\d*])?;\\s*offset:(\\d{1,6});\\s*size:(\\d{1,6});\\s*(?:signed:[01];)?");

    /**
     * A field.
     *
     * @param offset from the record's beginning, in bytes
     * @param size in bytes
     */
    public record Field(int offset, int size) {}

    /** Copies the map. */
    public EventFormat {
        fields = Map.copyOf(fields);
    }

    /**
     * Reads the file's text.
     *
     * @throws IOException when it is none
     */
    public static EventFormat parse(String text) throws IOException {
        Matcher id = ID.matcher(text);
        if (!id.find()) {
            throw new IOException("no ID in the format of a tracepoint");
        }
        Map<String, Field> fields = new HashMap<>();
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            fields.put(field.group(1), new Field(Integer.parseInt(field.group(2)), Integer.parseInt(field.group(3))));
        }
        return new EventFormat(Integer.parseInt(id.group(1)), fields);
    }

    /**
     * The field of this name.
     *
     * @param least how many bytes of it are needed
     * @throws IOException where this kernel's tracepoint has no such field
     */
    public Field field(String name, int least) throws IOException {
        Field field = fields.get(name);
        if (field == null || field.size() < least) {
            throw new IOException("this kernel's tracepoint has no field " + name + " of " + least + " bytes");
        }
        return field;
    }
}
