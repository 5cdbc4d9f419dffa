package lastack.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import lastack.cli.print.Output;
import lastack.cli.print.Terminal;

/** Asks before anything is changed; without a terminal nobody can say yes. */
final class Consent {
    private Consent() {}

    /**
     * Shows the plan and asks.
     *
     * @param plan writes the plan: on standard error where somebody is asked, so that standard output is left to the report
     */
    static boolean given(String question, Consumer<Output> plan) {
        if (!Terminal.detect().input()) {
            try (Output out = Output.standard()) {
                plan.accept(out);
            } catch (UncheckedIOException e) {
                Diagnostics.outputFailed(e);
            }
            return refused();
        }
        return isShown(plan) && isAgreed(question);
    }

    /** As above, for a plan of one sentence, which is no part of the answer and never stands on standard output. */
    static boolean given(String question, String plan) {
        Diagnostics.note(plan);
        return Terminal.detect().input() ? isAgreed(question) : refused();
    }

    private static boolean refused() {
        Diagnostics.error("nothing changed: add --yes to carry this plan out");
        return false;
    }

    /** A plan nobody can see is no plan. */
    private static boolean isShown(Consumer<Output> plan) {
        try (Output out = Output.standardError()) {
            plan.accept(out);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static boolean isAgreed(String question) {
        Diagnostics.ask(question + " [y/N] ");
        boolean yes = firstKey() == 'y';
        if (!yes) {
            Diagnostics.note("nothing changed");
        }
        return yes;
    }

    private static int firstKey() {
        try {
            return Character.toLowerCase(System.in.read());
        } catch (IOException e) {
            return -1;
        }
    }
}
