package lastack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lastack.cli.completion.Answer;
import lastack.cli.completion.Candidate;
import lastack.filter.FilterLanguage;
import lastack.options.OptionName;
import lastack.remedy.Method;
import lastack.tuning.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TAB offers; {@code CompletionIT} presses it in real shells. */
final class CompletionTest {
    /** Blanks separate words; the last word is the one at the cursor. A filter in quotes has ~ in place of blanks. */
    private static Answer answer(String line) {
        List<String> words = List.of(line.split(" ", -1)).stream()
                .map(word -> word.replace('~', ' '))
                .toList();
        return CompleteCommand.answer(words.subList(0, words.size() - 1), words.getLast());
    }

    private static List<String> offered(String line) {
        return ((Answer.Words) answer(line))
                .candidates().stream().map(Candidate::word).toList();
    }

    @Test
    void commandsComeFirst() {
        assertThat(offered("")).containsExactlyElementsOf(Commands.labels());
    }

    @ParameterizedTest
    @CsvSource({
        "cl, close",
        "ls state close-w, close-wait",
        "ls exclude time, time-wait",
        "why state close-wait unacc, unaccepted",
        "close --by dest, destroy",
        "close --by=dest, --by=destroy",
        "close --esc, --escalate",
        "ls --format jsonl, jsonl",
        "ls --netns sel, self",
        "run --bind ev, evict",
        "set state established user-t, user-timeout=",
        "help eof-never, eof-never-read",
        "completion fi, fish",
        "tune ap, apply",
        "'ls state~close-wait~spo', 'state~close-wait~sport'",
        "'ls (age', '(age'",
        "ls age=5, age=5m",
        "--netns al, all",
        "ls user = roo, root",
        "ls on l, lo"
    })
    void aWordIsCompleted(String line, String word) {
        assertThat(offered(line)).containsExactly(word.replace('~', ' '));
    }

    @Test
    void everyStateAndGroupIsKnown() {
        assertThat(offered("ls state ")).isEqualTo(FilterLanguage.states());
    }

    @Test
    void everyPredicateIsKnown() {
        assertThat(offered("close ")).containsAll(FilterLanguage.predicates());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void everyMethodIsKnownWithWhatItDoes(Method method) {
        assertThat(((Answer.Words) answer("close --by ")).candidates())
                .contains(new Candidate(method.label(), method.act()));
    }

    @ParameterizedTest
    @EnumSource(OptionName.class)
    void everySocketOptionIsKnown(OptionName name) {
        assertThat(offered("set state established ")).contains(name + "=");
    }

    @Test
    void settingsAreOfferedWithAndWithoutAValue() {
        assertThat(offered("tune show "))
                .containsAll(Setting.names())
                .contains(Setting.names().getFirst() + "=");
    }

    @Test
    void processesAreOfferedByNumberAndByName() {
        long self = ProcessHandle.current().pid();

        assertThat(offered("ls pid = " + self)).contains(String.valueOf(self));
        assertThat(offered("ls comm = java")).contains("java");
    }

    @Test
    void threadsOfTheKernelAreNot() {
        assertThat(offered("ls comm = kthr")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --bind reuse -- nc -", "run --bind reuse nc -", "run --bind reuse -- n"})
    void theProgramOfRunIsLeftToTheShell(String line) {
        assertThat(answer(line)).isEqualTo(new Answer.OtherProgram(line.contains("-- ") ? 3 : 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuch x ", "why --limit ", "ls dport = :7777777", "free x", "doctor ", "close --wait "})
    void nothingIsOfferedWhereNothingFits(String line) {
        assertThat(offered(line)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Commands.class)
    void everyCommandOffersItsOptions(Commands command) {
        assertThat(offered(command.label() + " --hel")).containsExactly("--help");
    }

    @Test
    void optionsThatHelpDoesNotMentionAreNotOffered() {
        assertThat(offered("ls --k")).isEmpty();
    }
}
