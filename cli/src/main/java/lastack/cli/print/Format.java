package lastack.cli.print;

/** The forms an answer can take. */
public enum Format {
    table,
    wide,
    json,
    jsonl,
    csv
}
