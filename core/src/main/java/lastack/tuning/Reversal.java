package lastack.tuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lastack.tuning.Change.Outcome;

/**
 * The putting back of what {@link Amendment}s changed: only a value that is still lastack's is taken back.
 *
 * @param ledger held alone by the caller, except to plan
 * @param configuration what was written to last
 */
record Reversal(Ledger ledger, SysctlConf configuration) {
    /** What would be done; changes nothing. */
    List<Change> plan() throws IOException {
        List<Change> changes = new ArrayList<>();
        for (Ledger.Entry entry : ledger.entriesHere()) {
            changes.add(plan(entry));
        }
        return changes;
    }

    private static Change plan(Ledger.Entry entry) {
        Change plan = LiveSettings.plan(entry.setting(), entry.before());
        String now = plan.before();
        boolean foreign = now != null && !now.equals(entry.before()) && !now.equals(entry.after());
        return foreign
                ? plan.as(
                        Outcome.LEFT_ALONE,
                        now,
                        "somebody else changed it since; lastack had set " + entry.after() + ", before that it was "
                                + entry.before())
                : plan;
    }

    /** Puts everything back that is still lastack's; what is not stays remembered. */
    List<Change> carryOut() throws IOException {
        List<Change> changes = new ArrayList<>();
        for (Ledger.Entry entry : ledger.entriesHere()) {
            changes.add(takenBack(entry));
        }
        return changes;
    }

    private Change takenBack(Ledger.Entry entry) {
        Change plan = plan(entry);
        Change done = plan.outcome() == Outcome.PLANNED ? LiveSettings.carryOut(plan) : plan;
        return switch (done.outcome()) {
            case CHANGED, UNCHANGED -> forgotten(entry, done);
            case LEFT_ALONE, REFUSED, PLANNED -> done;
        };
    }

    private Change forgotten(Ledger.Entry entry, Change done) {
        try {
            if (entry.persisted()) {
                configuration.takeBack(entry.setting(), entry.after(), entry.line());
            }
            ledger.replace(entry, null);
            return done;
        } catch (IOException e) {
            return done.as(Outcome.REFUSED, done.after(), "its value is put back, but not what is written of it: " + e);
        }
    }
}
