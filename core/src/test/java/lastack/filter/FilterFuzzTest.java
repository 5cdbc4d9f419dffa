package lastack.filter;

import static lastack.filter.Sockets.socket;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import lastack.model.Age;
import lastack.model.TcpSocket;
import org.junit.jupiter.api.Test;

class FilterFuzzTest {
    private static final List<String> WORDS = List.of(
            ("state exclude close-wait all src dst sport dport dev fwmark cgroup autobound pid comm user age recvq sendq"
                            + " inode cookie netns container orphan unaccepted v4mapped v6only entered ( ) ! not and or | && = != < >="
                            + " eq 80 :443 10.0.0.0/8 [::1]:80 ::1 * 5m 0x12/0xff java* root localhost:ssh [a- inet6:"
                            + " \\ / a web.service")
                    .split(" ", -1));
    private static final String CHARACTERS = "()!&|=<>[]*?:/.\\-_ \t\n0159afsx\u0000\u00e9\ud83d\ude00";

    private final Random random = new Random(20_261_121);

    @Test
    void answersAnyTextWithAFilterOrASyntaxError() {
        TcpSocket socket = socket().owner(5, "java").age(500, Age.Bound.EXACT).build();
        int understood = 0;

        for (int i = 0; i < 60_000; i++) {
            String text = random.nextInt(4) == 0 ? characters() : words();
            understood += survives(text, socket) ? 1 : 0;
        }

        assertThat(understood).isBetween(1_000, 59_000);
    }

    private static boolean survives(String text, TcpSocket socket) {
        try {
            Filter filter = Filter.parse(text, new Lookups());
            assertThat(filter.couldMatch(socket) || !filter.matches(socket))
                    .as(text)
                    .isTrue();
            return true;
        } catch (FilterSyntaxException e) {
            assertThat(e.position()).as(text).isBetween(0, text.length());
            assertThat(e.position() + e.length()).as(text).isLessThanOrEqualTo(text.length());
            return false;
        }
    }

    private String words() {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextInt(5) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private String characters() {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "src " : "");
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    /** The owners a socket turns out to have never make it match after it was ruled out. */
    @Test
    void neverRulesOutWhatMatchesWithItsOwners() throws FilterSyntaxException {
        TcpSocket bare = socket().uid(0).build();
        List<TcpSocket> owned = List.of(
                bare,
                socket().owner(5, "java").build(),
                socket().owner(5, "nginx", 0, "root", "4f").owner(6, "java").build());
        List<String> predicates = List.of(
                "pid 5",
                "pid > 5",
                "comm java",
                "user root",
                "container 4f",
                "sport 443",
                "sport 1",
                "age > 1s",
                "orphan");

        for (int i = 0; i < 5_000; i++) {
            Filter filter = Filter.parse(expression(predicates, 4), new Lookups());
            for (TcpSocket socket : owned) {
                boolean missed = filter.matches(socket) && !filter.couldMatch(bare);

                assertThat(missed).as(filter.toString()).isFalse();
            }
        }
    }

    private String expression(List<String> predicates, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(4)) {
            case 1 -> "not (" + expression(predicates, depth - 1) + ')';
            case 2 -> '(' + expression(predicates, depth - 1) + ") and (" + expression(predicates, depth - 1) + ')';
            case 3 -> '(' + expression(predicates, depth - 1) + ")or(" + expression(predicates, depth - 1) + ')';
            default -> predicates.get(random.nextInt(predicates.size()));
        };
    }

    @Test
    void readsEveryGeneratedExpressionOfSs() throws FilterSyntaxException {
        ExpressionGenerator generator = new ExpressionGenerator(
                7,
                List.of("127.0.0.1", "10.1.2.3", "::1", "::ffff:127.0.0.1", "2001:db8::5", "0.0.0.0"),
                List.of(22, 80, 443, 40_000),
                List.of("lo", "1"),
                List.of(7, 18));

        for (List<String> words : generator.filters(2_000)) {
            Filter filter = Filter.parse(words);

            assertThat(filter.isEmpty()).as(words.toString()).isFalse();
        }
    }
}
