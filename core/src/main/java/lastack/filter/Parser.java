package lastack.filter;

import java.util.ArrayList;
import java.util.List;
import lastack.filter.Condition.All;
import lastack.filter.Condition.Any;
import lastack.filter.Condition.Not;
import lastack.filter.Token.Kind;
import lastack.model.Family;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter by recursive descent.
 *
 * <pre>{@code
 * filter     = { states } [ expression { states } ]
 * states     = ("state" | "exclude" | "excl") NAME
 * expression = all { ("or" | "|" | "||") all }
 * all        = single { [ "and" | "&" | "&&" ] single }
 * single     = ("not" | "!") single | "(" expression ")" | predicate
 * }</pre>
 *
 * <p>ss takes states in front only. Behind an expression they hold for the whole of it.
 */
final class Parser {
    private static final int DEEPEST = 200;

    private final String text;
    private final Lexer lexer;
    private final PredicateParser predicates;
    private int depth;
    private int states = StateSet.ALL;
    private boolean namesStates;

    Parser(String text, Lookup lookup, boolean forwarded) {
        this.text = text;
        this.lexer = new Lexer(text);
        this.predicates = new PredicateParser(lexer, lookup, forwarded);
    }

    Filter parse() throws FilterSyntaxException {
        readStates();
        Condition expression = expressionOrNothing();
        return new Filter(text, states, namesStates, expression);
    }

    private void readStates() throws FilterSyntaxException {
        while (isStateWord(lexer.peek().word().text())) {
            boolean adds = lexer.next().word().text().equals("state");
            Word name = lexer.value();
            int named = states(name);
            int before = namesStates || !adds ? states : 0;
            states = adds ? before | named : before & ~named;
            namesStates = true;
            if (states == 0) {
                throw lexer.mistake(name, "at least one state to be left");
            }
        }
    }

    private boolean statesFollow() {
        return depth == 0 && isStateWord(lexer.peek().word().text());
    }

    private static boolean isStateWord(String text) {
        return switch (text) {
            case "state", "exclude", "excl" -> true;
            default -> false;
        };
    }

    private int states(Word name) throws FilterSyntaxException {
        int states = StateSet.named(name.text());
        if (states == 0) {
            throw lexer.mistake(name, "a state: " + StateSet.NAMES, StateSet.nearest(name.text()));
        }
        return states;
    }

    private @Nullable Condition expressionOrNothing() throws FilterSyntaxException {
        if (lexer.peek().kind() == Kind.END) {
            return null;
        }
        Condition expression = expression();
        boolean statesFollow = statesFollow();
        readStates();
        Token rest = lexer.peek();
        if (rest.kind() != Kind.END) {
            throw lexer.mistake(
                    rest.word(),
                    statesFollow ? "the end, as states stand first or last" : "the end, or a ( before this )");
        }
        Family family = predicates.family();
        return family == null
                ? expression
                : new All(List.of(new Condition.About(new SocketTest.OfFamily(family)), expression));
    }

    private Condition expression() throws FilterSyntaxException {
        Condition first = all();
        if (lexer.peek().kind() != Kind.OR) {
            return first;
        }
        List<Condition> parts = new ArrayList<>();
        parts.add(first);
        while (lexer.peek().kind() == Kind.OR) {
            lexer.next();
            parts.add(all());
        }
        return new Any(List.copyOf(parts));
    }

    private Condition all() throws FilterSyntaxException {
        Condition first = single();
        if (statesFollow() || !goesOn(lexer.peek().kind())) {
            return first;
        }
        List<Condition> parts = new ArrayList<>();
        parts.add(first);
        while (!statesFollow() && goesOn(lexer.peek().kind())) {
            if (lexer.peek().kind() == Kind.AND) {
                lexer.next();
            }
            if (!statesFollow()) {
                parts.add(single());
            }
        }
        return new All(List.copyOf(parts));
    }

    private static boolean goesOn(Kind kind) {
        return switch (kind) {
            case AND, NOT, OPEN, NAME -> true;
            case OR, CLOSE, END -> false;
        };
    }

    private Condition single() throws FilterSyntaxException {
        Token token = lexer.next();
        return switch (token.kind()) {
            case NOT -> new Not(deeper(token));
            case OPEN -> deeper(token);
            case NAME -> predicates.parse(token.word());
            case AND, OR, CLOSE, END -> throw lexer.mistake(token.word(), "a predicate, such as dport = :443");
        };
    }

    private Condition deeper(Token opening) throws FilterSyntaxException {
        if (++depth > DEEPEST) {
            throw lexer.mistake(opening.word(), "at most " + DEEPEST + " levels of ( and not");
        }
        Condition inner = opening.kind() == Kind.NOT ? single() : closed(opening);
        depth--;
        return inner;
    }

    private Condition closed(Token opening) throws FilterSyntaxException {
        Condition inner = expression();
        if (lexer.next().kind() != Kind.CLOSE) {
            throw lexer.mistake(opening.word(), "a ) that closes this");
        }
        return inner;
    }
}
