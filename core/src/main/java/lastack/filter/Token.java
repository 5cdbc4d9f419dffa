package lastack.filter;

/** What stands where an expression can begin or go on. */
record Token(Kind kind, Word word) {
    /** The parts an expression is built of; a name begins a predicate. */
    enum Kind {
        OPEN,
        CLOSE,
        NOT,
        AND,
        OR,
        NAME,
        END;

        static Kind of(String text) {
            return switch (text) {
                case "" -> END;
                case "(" -> OPEN;
                case ")" -> CLOSE;
                case "!", "not" -> NOT;
                case "&", "&&", "and" -> AND;
                case "|", "||", "or" -> OR;
                default -> NAME;
            };
        }
    }
}
