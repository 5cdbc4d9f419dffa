package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import lastack.diagnosis.Advice;
import lastack.diagnosis.Diagnosis;
import lastack.diagnosis.Evidence;
import lastack.diagnosis.Group;
import lastack.diagnosis.Growth;
import lastack.diagnosis.Report;
import lastack.diagnosis.Verdict;
import lastack.sockets.Users;
import org.jspecify.annotations.Nullable;

/** The JSON form of diagnoses; keys never change their meaning. */
final class DiagnosisJson {
    private final Output out;
    private final SocketJson sockets = new SocketJson(Users.ofThisHost());

    DiagnosisJson(Output out) {
        this.out = out;
    }

    void document(Report report) {
        try (JsonWriter json = new JsonWriter(out)) {
            json.beginObject();
            json.name("matched").value(report.matched());
            json.name("gone").value(report.gone());
            json.name("diagnoses").beginArray();
            for (Diagnosis diagnosis : report.diagnoses()) {
                diagnosis(json, diagnosis);
            }
            json.endArray();
            json.name("groups").beginArray();
            for (Group group : report.groups()) {
                group(json, group);
            }
            json.endArray();
            SocketJson.gaps(json.name("gaps"), report.gaps());
            json.endObject();
            json.flush();
            out.line("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void lines(Report report) {
        for (Diagnosis diagnosis : report.diagnoses()) {
            StringWriter line = new StringWriter();
            try (JsonWriter json = new JsonWriter(line)) {
                diagnosis(json, diagnosis);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            out.line(line.getBuffer());
        }
    }

    private void diagnosis(JsonWriter json, Diagnosis diagnosis) throws IOException {
        json.beginObject();
        sockets.write(json.name("socket"), diagnosis.socket());
        json.name("verdict").value(diagnosis.verdict().id());
        json.name("also").beginArray();
        for (Verdict verdict : diagnosis.also()) {
            json.value(verdict.id());
        }
        json.endArray();
        json.name("summary").value(diagnosis.summary());
        json.name("certainty").value(diagnosis.certainty().label());
        json.name("settled_by").value(diagnosis.settledBy());
        json.name("evidence").beginArray();
        for (Evidence evidence : diagnosis.evidence()) {
            json.beginObject();
            json.name("fact").value(evidence.fact());
            json.name("source").value(evidence.source());
            json.endObject();
        }
        json.endArray();
        advice(json, diagnosis.advice());
        json.endObject();
    }

    private static void advice(JsonWriter json, List<Advice> advice) throws IOException {
        json.name("advice").beginArray();
        for (Advice one : advice) {
            json.beginObject();
            json.name("do").value(one.action());
            json.name("command").value(one.command());
            json.name("effect").value(one.effect());
            json.name("risk").value(one.risk());
            json.endObject();
        }
        json.endArray();
    }

    private static void group(JsonWriter json, Group group) throws IOException {
        json.beginObject();
        json.name("verdict").value(group.verdict().id());
        json.name("state").value(group.state().label());
        json.name("owner").value(group.owner());
        json.name("peer").value(group.peer());
        json.name("netns").beginObject();
        json.name("inode").value(group.netns().inode());
        json.name("name").value(group.netns().name());
        json.endObject();
        json.name("count").value(group.count());
        json.name("oldest_ms").value(known(group.oldestMillis()));
        json.name("youngest_ms").value(known(group.youngestMillis()));
        json.name("pattern").value(group.pattern().isEmpty() ? null : group.pattern());
        growth(json.name("growth"), group.growth());
        json.name("cookies").beginArray();
        for (Diagnosis member : group.members()) {
            json.value(member.socket().id().cookieHex());
        }
        json.endArray();
        advice(json, group.advice());
        json.endObject();
    }

    private static @Nullable Long known(long millis) {
        return millis < 0 ? null : Long.valueOf(millis);
    }

    private static void growth(JsonWriter json, @Nullable Growth growth) throws IOException {
        if (growth == null) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("came").value(growth.came());
        json.name("went").value(growth.went());
        json.name("over_ms").value(growth.overMillis());
        json.endObject();
    }
}
