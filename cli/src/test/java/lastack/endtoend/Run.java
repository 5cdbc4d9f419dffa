package lastack.endtoend;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * What came of one command line.
 *
 * @param exit the exit code
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record Run(int exit, String out, String err) {
    /** The lines of standard output. */
    List<String> lines() {
        return out.lines().toList();
    }

    /** Standard output as one JSON document. */
    JsonObject json() {
        return new Gson().fromJson(out, JsonObject.class);
    }
}
