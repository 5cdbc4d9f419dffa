package lastack.cli.print;

/** The forms a stream of changes can take. */
public enum EventFormat {
    table,
    jsonl,
    csv
}
