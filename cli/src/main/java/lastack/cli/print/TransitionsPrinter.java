package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import lastack.model.TcpState;
import org.HdrHistogram.Histogram;

/** Prints the summary of a time in which changes were watched, in one of the formats. */
public record TransitionsPrinter(Output out, EventFormat format) {
    /**
     * Prints it.
     *
     * @param lost how many changes were lost
     */
    public void print(Transitions transitions, Duration time, long lost) {
        switch (format) {
            case table -> new TransitionsText(out).print(transitions, time);
            case jsonl -> out.line(json(transitions, time, lost));
            case csv -> csv(transitions, time);
        }
    }

    private void csv(Transitions transitions, Duration time) {
        out.line("from,to,count,per_second");
        CsvRow row = new CsvRow(out);
        for (TcpState from : transitions.left()) {
            for (TcpState to : transitions.entered()) {
                long count = transitions.count(from, to);
                if (count > 0) {
                    double rate = Transitions.perSecond(count, time);
                    row.add(from.label())
                            .add(to.label())
                            .add(count)
                            .add(Double.toString(rate))
                            .end();
                }
            }
        }
    }

    private static String json(Transitions transitions, Duration time, long lost) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("seconds").value(time.toNanos() / 1e9);
            json.name("changes").value(transitions.total());
            json.name("lost").value(lost);
            transitions(json.name("transitions"), transitions, time);
            stays(json.name("stayed"), transitions);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void transitions(JsonWriter json, Transitions transitions, Duration time) throws IOException {
        json.beginArray();
        for (TcpState from : transitions.left()) {
            for (TcpState to : transitions.entered()) {
                long count = transitions.count(from, to);
                if (count > 0) {
                    json.beginObject();
                    json.name("from").value(from.label()).name("to").value(to.label());
                    json.name("count").value(count);
                    json.name("per_second").value(Transitions.perSecond(count, time));
                    json.endObject();
                }
            }
        }
        json.endArray();
    }

    private static void stays(JsonWriter json, Transitions transitions) throws IOException {
        json.beginArray();
        for (TcpState state : transitions.left()) {
            Histogram stays = transitions.stays(state);
            if (stays != null) {
                json.beginObject();
                json.name("state").value(state.label()).name("count").value(stays.getTotalCount());
                json.name("p50_ms").value(stays.getValueAtPercentile(50));
                json.name("p90_ms").value(stays.getValueAtPercentile(90));
                json.name("p99_ms").value(stays.getValueAtPercentile(99));
                json.name("max_ms").value(stays.getMaxValue());
                json.endObject();
            }
        }
        json.endArray();
    }
}
