package lastack.tuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lastack.tuning.Change.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The giving of new values. Each is noted in the ledger before it is written, so that nothing is live that cannot be undone.
 *
 * @param ledger held alone by the caller
 * @param configuration where it is written if it is to last
 * @param persist whether it is to last
 */
record Amendment(Ledger ledger, SysctlConf configuration, boolean persist) {
    /**
     * Fulfils the wishes one after the other; what fails for one is told of that one.
     *
     * @throws IOException where the configuration could not be written; then nothing is changed
     */
    List<Change> of(List<Wish> wishes) throws IOException {
        ledger.entriesHere(); // What is damaged must not be written over.
        if (persist) {
            configuration.tryFolder();
        }
        List<Change> changes = new ArrayList<>();
        for (Wish wish : wishes) {
            changes.add(of(wish));
        }
        return changes;
    }

    private Change of(Wish wish) {
        Change plan = LiveSettings.plan(wish.setting(), wish.value());
        String before = plan.before();
        if (before == null || (plan.outcome() == Outcome.UNCHANGED && !persist)) {
            return plan;
        }
        try {
            return noted(plan, before);
        } catch (IOException e) {
            return plan.as(Outcome.REFUSED, before, "it was left as it was, for it cannot be remembered: " + e);
        }
    }

    private Change noted(Change plan, String before) throws IOException {
        Ledger.@Nullable Entry earlier = earlier(plan.setting());
        Ledger.Entry entry = entry(plan, before, earlier);
        ledger.replace(earlier, entry);
        Change done = LiveSettings.carryOut(plan);
        if (done.outcome() != Outcome.REFUSED) {
            return persist ? persisted(done) : done;
        }
        if (Objects.equals(done.after(), before)) {
            ledger.replace(entry, earlier);
        } else if (done.after() != null) {
            ledger.replace(entry, entry.leftAt(done.after()));
        }
        return done;
    }

    private Change persisted(Change done) {
        try {
            configuration.put(done.setting(), done.wanted());
            return configuration
                    .overriding(done.setting(), done.wanted())
                    .map(line -> done.as(done.outcome(), done.after(), "a later file says otherwise at boot: " + line))
                    .orElse(done);
        } catch (IOException e) {
            String why = "it is so now, but cannot be written to " + configuration + ": " + e
                    + "; take it back with: lastack tune undo";
            return done.as(Outcome.REFUSED, done.after(), why);
        }
    }

    private Ledger.@Nullable Entry earlier(Setting setting) throws IOException {
        for (Ledger.Entry entry : ledger.entriesHere()) {
            if (entry.setting() == setting) {
                return entry;
            }
        }
        return null;
    }

    /** What was there before the first of several changes is what counts, unless somebody else came in between. */
    private Ledger.Entry entry(Change plan, String now, Ledger.@Nullable Entry earlier) throws IOException {
        String before = earlier != null && earlier.after().equals(now) ? earlier.before() : now;
        if (earlier != null && earlier.persisted()) {
            return new Ledger.Entry(Home.current(), plan.setting(), before, plan.wanted(), true, earlier.line());
        }
        String line = configuration.line(plan.setting()).orElse(null);
        return new Ledger.Entry(Home.current(), plan.setting(), before, plan.wanted(), persist, line);
    }
}
