package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/** What the JSON documents must look like: exactly these keys, and values of these kinds. */
final class Contract {
    /** The kinds of values there are. */
    private enum Kind {
        TEXT,
        TEXT_OR_NULL,
        NUMBER,
        NUMBER_OR_NULL,
        TRUTH,
        ARRAY,
        OBJECT,
        OBJECT_OR_NULL;

        boolean fits(JsonElement value) {
            return switch (this) {
                case TEXT ->
                    value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
                case NUMBER ->
                    value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
                case TRUTH ->
                    value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
                case ARRAY -> value.isJsonArray();
                case OBJECT -> value.isJsonObject();
                case TEXT_OR_NULL -> value.isJsonNull() || TEXT.fits(value);
                case NUMBER_OR_NULL -> value.isJsonNull() || NUMBER.fits(value);
                case OBJECT_OR_NULL -> value.isJsonNull() || OBJECT.fits(value);
            };
        }
    }

    private static final Map<String, Kind> LISTING =
            Map.of("time", Kind.TEXT, "host", Kind.TEXT, "sockets", Kind.ARRAY, "gaps", Kind.ARRAY);
    private static final Map<String, Kind> GAP = Map.of("what", Kind.TEXT, "why", Kind.TEXT, "remedy", Kind.TEXT);
    private static final Map<String, Kind> SOCKET = Map.ofEntries(
            Map.entry("state", Kind.TEXT),
            Map.entry("family", Kind.TEXT),
            Map.entry("v4mapped", Kind.TRUTH),
            Map.entry("local", Kind.OBJECT),
            Map.entry("peer", Kind.OBJECT),
            Map.entry("recv_q", Kind.NUMBER),
            Map.entry("send_q", Kind.NUMBER),
            Map.entry("uid", Kind.NUMBER),
            Map.entry("user", Kind.TEXT),
            Map.entry("inode", Kind.NUMBER),
            Map.entry("cookie", Kind.TEXT),
            Map.entry("mark", Kind.NUMBER),
            Map.entry("cgroup", Kind.TEXT_OR_NULL),
            Map.entry("timer", Kind.OBJECT_OR_NULL),
            Map.entry("age_ms", Kind.NUMBER_OR_NULL),
            Map.entry("age_source", Kind.TEXT_OR_NULL),
            Map.entry("age_is", Kind.TEXT_OR_NULL),
            Map.entry("netns", Kind.OBJECT),
            Map.entry("orphan", Kind.TRUTH),
            Map.entry("unaccepted", Kind.TRUTH),
            Map.entry("owners", Kind.ARRAY),
            Map.entry("info", Kind.OBJECT_OR_NULL),
            Map.entry("skmem", Kind.OBJECT_OR_NULL), // beyond the contract
            Map.entry("congestion", Kind.TEXT_OR_NULL)); // beyond the contract
    private static final Map<String, Kind> END =
            Map.of("address", Kind.TEXT, "port", Kind.NUMBER, "interface", Kind.TEXT_OR_NULL);
    private static final Map<String, Kind> TIMER =
            Map.of("kind", Kind.TEXT, "expires_ms", Kind.NUMBER, "retransmits", Kind.NUMBER);
    private static final Map<String, Kind> NETNS = Map.of("inode", Kind.NUMBER, "name", Kind.TEXT_OR_NULL);
    private static final Map<String, Kind> OWNER = Map.ofEntries(
            Map.entry("pid", Kind.NUMBER),
            Map.entry("start_time", Kind.NUMBER),
            Map.entry("comm", Kind.TEXT),
            Map.entry("cmdline", Kind.TEXT),
            Map.entry("uid", Kind.NUMBER),
            Map.entry("user", Kind.TEXT),
            Map.entry("fd", Kind.NUMBER),
            Map.entry("container", Kind.TEXT_OR_NULL),
            Map.entry("container_runtime", Kind.TEXT_OR_NULL), // beyond the contract
            Map.entry("pod", Kind.TEXT_OR_NULL), // beyond the contract
            Map.entry("unit", Kind.TEXT_OR_NULL), // beyond the contract
            Map.entry("pid_inside", Kind.NUMBER), // beyond the contract
            Map.entry("jvm", Kind.TRUTH));
    private static final Map<String, Kind> RESULT = Map.ofEntries(
            Map.entry("socket", Kind.OBJECT),
            Map.entry("method", Kind.TEXT_OR_NULL),
            Map.entry("outcome", Kind.TEXT),
            Map.entry("why", Kind.TEXT),
            Map.entry("rejected", Kind.ARRAY),
            Map.entry("elapsed_ms", Kind.NUMBER),
            Map.entry("state_after", Kind.TEXT_OR_NULL),
            Map.entry("fd_freed", Kind.TRUTH),
            Map.entry("stopped_ms", Kind.NUMBER), // beyond the contract
            Map.entry("error", Kind.TEXT_OR_NULL),
            Map.entry("hint", Kind.TEXT_OR_NULL));
    private static final Map<String, Kind> REJECTION = Map.of("method", Kind.TEXT, "why", Kind.TEXT);

    private static final Map<String, Kind> ANSWER = Map.of(
            "matched", Kind.NUMBER, // beyond the contract
            "gone", Kind.NUMBER, // beyond the contract
            "diagnoses", Kind.ARRAY,
            "groups", Kind.ARRAY,
            "gaps", Kind.ARRAY); // beyond the contract
    private static final Map<String, Kind> DIAGNOSIS = Map.of(
            "socket", Kind.OBJECT,
            "verdict", Kind.TEXT,
            "also", Kind.ARRAY, // beyond the contract, as the two about certainty
            "summary", Kind.TEXT,
            "certainty", Kind.TEXT,
            "settled_by", Kind.TEXT_OR_NULL,
            "evidence", Kind.ARRAY,
            "advice", Kind.ARRAY);
    private static final Map<String, Kind> EVIDENCE = Map.of("fact", Kind.TEXT, "source", Kind.TEXT);
    private static final Map<String, Kind> ADVICE =
            Map.of("do", Kind.TEXT, "command", Kind.TEXT_OR_NULL, "effect", Kind.TEXT, "risk", Kind.TEXT);
    private static final Map<String, Kind> GROUP = Map.ofEntries(
            Map.entry("verdict", Kind.TEXT),
            Map.entry("state", Kind.TEXT),
            Map.entry("owner", Kind.TEXT),
            Map.entry("peer", Kind.TEXT),
            Map.entry("netns", Kind.OBJECT),
            Map.entry("count", Kind.NUMBER),
            Map.entry("oldest_ms", Kind.NUMBER_OR_NULL),
            Map.entry("youngest_ms", Kind.NUMBER_OR_NULL),
            Map.entry("pattern", Kind.TEXT_OR_NULL),
            Map.entry("growth", Kind.OBJECT_OR_NULL),
            Map.entry("cookies", Kind.ARRAY),
            Map.entry("advice", Kind.ARRAY));
    private static final Map<String, Kind> GROWTH =
            Map.of("came", Kind.NUMBER, "went", Kind.NUMBER, "over_ms", Kind.NUMBER);

    private Contract() {}

    /** The document of {@code ls --format json}. */
    static void holdsForListing(JsonObject document) {
        check(document, LISTING);
        document.getAsJsonArray("sockets").forEach(socket -> holdsForSocket(socket.getAsJsonObject()));
        checkAll(document.getAsJsonArray("gaps"), GAP);
    }

    /** One SOCKET. */
    static void holdsForSocket(JsonObject socket) {
        check(socket, SOCKET);
        check(socket.getAsJsonObject("local"), END);
        check(socket.getAsJsonObject("peer"), END);
        check(socket.getAsJsonObject("netns"), NETNS);
        checkAll(socket.getAsJsonArray("owners"), OWNER);
        if (!socket.get("timer").isJsonNull()) {
            check(socket.getAsJsonObject("timer"), TIMER);
        }
        assertThat(socket.get("cookie").getAsString()).matches("[1-9a-f][0-9a-f]{0,15}");
        assertThat(socket.get("family").getAsString()).isIn("inet", "inet6");
    }

    /** The document of {@code close --format json}. */
    static void holdsForReport(JsonObject document) {
        assertThat(document.keySet()).containsExactlyInAnyOrder("results", "summary");
        for (JsonElement element : document.getAsJsonArray("results")) {
            JsonObject result = element.getAsJsonObject();
            check(result, RESULT);
            holdsForSocket(result.getAsJsonObject("socket"));
            checkAll(result.getAsJsonArray("rejected"), REJECTION);
        }
        assertThat(document.getAsJsonObject("summary").keySet()).contains("matched", "removed");
    }

    /** The document of {@code why --format json}. */
    static void holdsForAnswer(JsonObject document) {
        check(document, ANSWER);
        document.getAsJsonArray("diagnoses").forEach(one -> holdsForDiagnosis(one.getAsJsonObject()));
        for (JsonElement element : document.getAsJsonArray("groups")) {
            JsonObject group = element.getAsJsonObject();
            check(group, GROUP);
            checkAll(group.getAsJsonArray("advice"), ADVICE);
            assertThat(group.getAsJsonArray("cookies"))
                    .hasSize(group.get("count").getAsInt());
            if (!group.get("growth").isJsonNull()) {
                check(group.getAsJsonObject("growth"), GROWTH);
            }
        }
        checkAll(document.getAsJsonArray("gaps"), GAP);
    }

    /** One DIAGNOSIS. */
    static void holdsForDiagnosis(JsonObject diagnosis) {
        check(diagnosis, DIAGNOSIS);
        holdsForSocket(diagnosis.getAsJsonObject("socket"));
        checkAll(diagnosis.getAsJsonArray("evidence"), EVIDENCE);
        checkAll(diagnosis.getAsJsonArray("advice"), ADVICE);
        assertThat(diagnosis.get("certainty").getAsString()).isIn("certain", "likely", "possible");
        assertThat(diagnosis.get("verdict").getAsString()).matches("[a-z]+(-[a-z]+)*");
    }

    private static void checkAll(JsonArray array, Map<String, Kind> kinds) {
        array.forEach(element -> check(element.getAsJsonObject(), kinds));
    }

    private static void check(JsonObject object, Map<String, Kind> kinds) {
        assertThat(object.keySet()).containsExactlyInAnyOrderElementsOf(kinds.keySet());
        kinds.forEach((key, kind) -> assertThat(object.get(key)).as(key).matches(kind::fits));
    }
}
