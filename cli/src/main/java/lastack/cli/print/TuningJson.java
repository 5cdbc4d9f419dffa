package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import lastack.tuning.Change;
import lastack.tuning.Reading;

/** One JSON document. */
final class TuningJson implements TuningPrinter {
    private final Output out;
    private final JsonWriter json;

    TuningJson(Output out) {
        this.out = out;
        this.json = new JsonWriter(out);
    }

    private interface Item<T> {
        void write(T value) throws IOException;
    }

    private <T> void document(String name, List<T> values, Item<T> item) {
        try {
            json.beginObject();
            json.name(name).beginArray();
            for (T value : values) {
                json.beginObject();
                item.write(value);
                json.endObject();
            }
            json.endArray();
            json.endObject();
            json.flush();
            out.line("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void readings(List<Reading> readings) {
        document("settings", readings, this::reading);
    }

    private void reading(Reading reading) throws IOException {
        json.name("name").value(reading.setting().sysctl());
        json.name("value").value(reading.value());
        json.name("scope").value(reading.setting().perNamespace() ? "namespace" : "host");
        json.name("verdict").value(reading.verdict().leaning().label());
        json.name("because").value(reading.verdict().because());
        json.name("does").value(reading.setting().does());
        json.name("does_not").value(reading.setting().doesNot());
    }

    @Override
    public void changes(List<Change> changes) {
        document("changes", changes, this::change);
    }

    private void change(Change change) throws IOException {
        json.name("name").value(change.setting().sysctl());
        json.name("outcome").value(change.outcome().label());
        json.name("before").value(change.before());
        json.name("wanted").value(change.wanted());
        json.name("after").value(change.after());
        json.name("why").value(change.why());
    }
}
