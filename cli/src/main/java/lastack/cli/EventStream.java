package lastack.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lastack.cli.print.EventCsv;
import lastack.cli.print.EventFormat;
import lastack.cli.print.EventJson;
import lastack.cli.print.EventPrinter;
import lastack.cli.print.EventTable;
import lastack.cli.print.Output;
import lastack.cli.print.Terminal;
import lastack.cli.print.Transitions;
import lastack.cli.print.TransitionsPrinter;
import lastack.live.StateChange;
import lastack.live.StateChanges;
import lastack.model.Gap;
import lastack.model.UnavailableException;
import picocli.CommandLine.ParseResult;

/** Changes on their way to standard output, until there is a reason to end. */
final class EventStream {
    /** How quickly a signal or the end of the time is noticed. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final StateChanges changes;
    private final Output out;
    private final Form form;
    private final Interruption interruption;
    private final EventPrinter printer;
    private final Transitions transitions = new Transitions();
    private final HiddenOwners hidden = new HiddenOwners(socket -> {});
    private final List<Gap> said = new ArrayList<>();
    private final long began = System.nanoTime();
    private int left;
    private long lostSaid;

    /**
     * How the answer is to look.
     *
     * @param summary whether only a summary is wanted
     */
    record Form(EventFormat format, boolean header, boolean colours, boolean summary) {
        static Form of(ParseResult line) {
            Terminal.Colour colour = line.matchedOptionValue("--color", Terminal.Colour.auto);
            return new Form(
                    line.matchedOptionValue("--format", EventFormat.table),
                    !line.hasMatchedOption("--no-header"),
                    Terminal.detect().colours(colour),
                    line.hasMatchedOption("--summary"));
        }

        EventPrinter printer(Output out) {
            return switch (format) {
                case table -> new EventTable(out, header, colours);
                case jsonl -> new EventJson(out);
                case csv -> new EventCsv(out, header);
            };
        }
    }

    EventStream(StateChanges changes, Output out, Form form, Interruption interruption) {
        this.changes = changes;
        this.out = out;
        this.form = form;
        this.interruption = interruption;
        this.printer = form.summary() ? change -> {} : form.printer(out);
    }

    /**
     * Prints changes.
     *
     * @param time how long; zero for ever
     * @param count how many; 0 for all
     */
    int run(Duration time, int count) throws UnavailableException {
        left = count == 0 ? Integer.MAX_VALUE : count;
        say(changes.gaps().stream().filter(gap -> !gap.what().equals("owners")).toList());
        out.flush();
        while (left > 0 && !interruption.isAsked() && !isOver(time)) {
            changes.next(patience(time), this::take);
            out.flush();
            sayLost();
        }
        finish();
        return interruption.isAsked() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private void take(StateChange change) {
        if (left > 0) {
            left -= left == Integer.MAX_VALUE ? 0 : 1;
            hidden.accept(change.socket());
            transitions.add(change);
            printer.print(change);
        }
    }

    private boolean isOver(Duration time) {
        return !time.isZero() && System.nanoTime() - began >= time.toNanos();
    }

    private Duration patience(Duration time) {
        Duration rest = time.isZero() ? PATIENCE : time.minusNanos(System.nanoTime() - began);
        return rest.isNegative() ? Duration.ZERO : rest.compareTo(PATIENCE) < 0 ? rest : PATIENCE;
    }

    /** What the kernel has told by now belongs to it. */
    private void finish() throws UnavailableException {
        if (left > 0) {
            changes.next(Duration.ZERO, this::take);
            sayLost();
        }
        if (form.summary()) {
            new TransitionsPrinter(out, form.format())
                    .print(transitions, Duration.ofNanos(System.nanoTime() - began), changes.lost());
        }
        out.flush();
        say(hidden.relevant(changes.gaps()));
        if (changes.undecided() > 0) {
            Diagnostics.note(
                    "note: " + changes.undecided() + " more changes were of sockets that were gone before it could be"
                            + " told whether they are meant");
        }
    }

    private void say(List<Gap> gaps) {
        List<Gap> unsaid = new ArrayList<>(gaps);
        unsaid.removeAll(said);
        said.addAll(unsaid);
        Diagnostics.gaps(unsaid);
    }

    private void sayLost() {
        long lost = changes.lost();
        if (lost > lostSaid) {
            Diagnostics.note("note: " + (lost - lostSaid) + " changes were lost; they came faster than they were read");
            lostSaid = lost;
        }
    }
}
