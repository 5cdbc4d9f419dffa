package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import lastack.ports.BindAnswer;
import lastack.remedy.Result;

/** One JSON document: the port, bind before, every socket, bind after. */
final class PortJson implements PortPrinter {
    private final Output out;

    PortJson(Output out) {
        this.out = out;
    }

    @Override
    public void print(PortSurvey survey, List<Result> results, int matched, List<BindAnswer> after) {
        try {
            JsonWriter json = new JsonWriter(out);
            json.beginObject();
            json.name("port").value(survey.port().number());
            json.name("netns").beginObject();
            json.name("inode").value(survey.netns().inode());
            json.name("name").value(survey.netns().name());
            json.endObject();
            trials(json.name("bind_before"), survey.before());
            json.name("remarks").beginArray();
            for (String remark : survey.remarks()) {
                json.value(remark);
            }
            json.endArray();
            new ResultJson(out, json).writeAll(results, matched);
            trials(json.name("bind_after"), after);
            json.name("free").value(PortSurvey.isFree(after.isEmpty() ? survey.before() : after));
            json.endObject();
            json.flush();
            out.line("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void trials(JsonWriter json, List<BindAnswer> trials) throws IOException {
        json.beginArray();
        for (BindAnswer trial : trials) {
            json.beginObject();
            json.name("address").value(trial.at().address().toString());
            json.name("error").value(trial.error());
            json.name("error_with_reuseaddr").value(trial.errorWithReuse());
            json.endObject();
        }
        json.endArray();
    }
}
