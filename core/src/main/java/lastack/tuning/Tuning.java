package lastack.tuning;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import lastack.model.UnavailableException;
import lastack.sockets.Namespaces;
import lastack.tuning.Change.Outcome;
import lastack.tuning.Verdict.Leaning;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one network namespace: shown with a verdict, changed, and put back.
 *
 * <pre>{@code
 * Tuning tuning = Tuning.of("self", Path.of("/"));
 * tuning.apply(Wish.parse(List.of("tcp_fin_timeout=30")), false);
 * tuning.undo();
 * }</pre>
 */
public final class Tuning {
    private final String netns;
    private final boolean wholeHost;
    private final SysctlConf configuration;
    private final Ledger ledger;

    private Tuning(String netns, Path root) {
        this.netns = netns;
        this.wholeHost = root.equals(Path.of("/"));
        this.configuration = new SysctlConf(root.resolve("etc/sysctl.d/60-lastack.conf"));
        this.ledger = new Ledger(root.resolve("var/lib/lastack/tune"));
    }

    /**
     * The settings of a namespace.
     *
     * @param netns {@code self}, a name under {@code /run/netns}, a pid or an inode
     * @param root below which {@code etc/sysctl.d} and {@code var/lib} are; {@code /} except for tests and images
     */
    public static Tuning of(String netns, Path root) {
        return new Tuning(netns, root);
    }

    /** Measures what the verdicts rest on. */
    public HostFacts measure() throws UnavailableException {
        return inside(Survey::take);
    }

    /** Reads these settings and judges them. */
    public List<Reading> read(List<Setting> settings, HostFacts facts) throws UnavailableException {
        Advisor advisor = new Advisor(facts);
        return inside(() -> {
            List<Reading> readings = new ArrayList<>();
            for (Setting setting : settings) {
                Optional<String> value = ProcSys.read(setting);
                Verdict verdict = value.map(now -> advisor.on(setting, now))
                        .orElseGet(() -> new Verdict(Leaning.NOT_HERE, absence(setting)));
                readings.add(new Reading(setting, value.orElse(null), verdict));
            }
            return readings;
        });
    }

    private static String absence(Setting setting) {
        if (!setting.perNamespace()) {
            return "it is the whole host's, and only the host's own network namespace shows it";
        }
        return setting.isOfTcp() ? "this kernel does not have it" : "this kernel has no such part, or it is not loaded";
    }

    /** What {@link #apply} would do; changes nothing. */
    public List<Change> plan(List<Wish> wishes) throws UnavailableException {
        return inside(() -> {
            List<Change> changes = new ArrayList<>();
            for (Wish wish : wishes) {
                changes.add(planned(wish.setting(), wish.value()));
            }
            return changes;
        });
    }

    private static Change planned(Setting setting, String wanted) throws IOException {
        String now = ProcSys.read(setting).orElse(null);
        if (now == null) {
            return new Change(setting, null, wanted, null, Outcome.REFUSED, absence(setting));
        }
        Outcome outcome = now.equals(wanted) ? Outcome.UNCHANGED : Outcome.PLANNED;
        return new Change(setting, now, wanted, now, outcome, "");
    }

    /**
     * Changes settings ({@code CAP_NET_ADMIN}), reads them back, and remembers what was there before.
     *
     * @param persist whether they are to have these values after a reboot too
     * @throws UnavailableException when nothing can be remembered; then nothing is changed
     */
    public List<Change> apply(List<Wish> wishes, boolean persist) throws UnavailableException {
        return inside(() -> {
            if (persist && wholeHost && !Home.isFirstNamespace()) {
                throw new UnavailableException(
                        "cannot write " + configuration,
                        "it is read at boot for the host's own network namespace, and this is another",
                        "leave out --persist");
            }
            List<Change> changes = new ArrayList<>();
            for (Wish wish : wishes) {
                changes.add(applied(wish, persist));
            }
            return changes;
        });
    }

    private Change applied(Wish wish, boolean persist) throws IOException {
        Change plan = planned(wish.setting(), wish.value());
        String before = plan.before();
        if (before == null || (plan.outcome() == Outcome.UNCHANGED && !persist)) {
            return plan;
        }
        Ledger.@Nullable Entry earlier = earlier(wish.setting());
        Ledger.Entry entry = entry(wish, before, persist, earlier);
        ledger.replace(earlier, entry);
        Change done = written(plan);
        if (done.outcome() == Outcome.REFUSED) {
            restore(earlier, entry);
        } else if (persist) {
            configuration.put(wish.setting(), wish.value());
        }
        return done;
    }

    private Ledger.@Nullable Entry earlier(Setting setting) throws IOException {
        for (Ledger.Entry entry : ledger.entriesOf(Home.current(), Home.isFirstNamespace())) {
            if (entry.setting() == setting) {
                return entry;
            }
        }
        return null;
    }

    /** What was there before the first of several changes is what counts, unless somebody else came in between. */
    private static Ledger.Entry entry(Wish wish, String now, boolean persist, Ledger.@Nullable Entry earlier)
            throws IOException {
        String before = earlier != null && earlier.after().equals(now) ? earlier.before() : now;
        boolean persisted = persist || (earlier != null && earlier.persisted());
        return new Ledger.Entry(Home.current(), wish.setting(), before, wish.value(), persisted);
    }

    private void restore(Ledger.@Nullable Entry earlier, Ledger.Entry entry) throws IOException {
        ledger.forget(entry);
        if (earlier != null) {
            ledger.replace(null, earlier);
        }
    }

    /** Writes and reads back. */
    private static Change written(Change plan) throws IOException {
        try {
            ProcSys.write(plan.setting(), plan.wanted());
        } catch (AccessDeniedException e) {
            return plan.as(Outcome.REFUSED, plan.before(), "not permitted; run as root, or with CAP_NET_ADMIN");
        } catch (FileSystemException e) {
            return plan.as(Outcome.REFUSED, plan.before(), "the kernel does not take it: " + e.getReason());
        } catch (IOException e) {
            return plan.as(Outcome.REFUSED, plan.before(), "the kernel does not take it: " + e.getMessage());
        }
        String now = ProcSys.read(plan.setting()).orElse(null);
        return plan.wanted().equals(now)
                ? plan.as(Objects.equals(now, plan.before()) ? Outcome.UNCHANGED : Outcome.CHANGED, now, "")
                : plan.as(Outcome.REFUSED, now, "the kernel made something else of it");
    }

    /** What {@link #undo} would do; changes nothing. */
    public List<Change> planUndo() throws UnavailableException {
        return inside(() -> {
            List<Change> changes = new ArrayList<>();
            for (Ledger.Entry entry : entries()) {
                changes.add(plannedBack(entry));
            }
            return changes;
        });
    }

    private List<Ledger.Entry> entries() throws IOException {
        return ledger.entriesOf(Home.current(), Home.isFirstNamespace());
    }

    /** Only a value that is still lastack's is taken back. */
    private static Change plannedBack(Ledger.Entry entry) throws IOException {
        Change plan = planned(entry.setting(), entry.before());
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

    /** Puts back what {@link #apply} changed, where nobody else has changed it since, and forgets it. */
    public List<Change> undo() throws UnavailableException {
        return inside(() -> {
            List<Change> changes = new ArrayList<>();
            for (Ledger.Entry entry : entries()) {
                changes.add(takenBack(entry));
            }
            return changes;
        });
    }

    private Change takenBack(Ledger.Entry entry) throws IOException {
        Change plan = plannedBack(entry);
        Change done = plan.outcome() == Outcome.PLANNED ? written(plan) : plan;
        if (done.outcome() == Outcome.REFUSED) {
            return done;
        }
        if (entry.persisted()) {
            configuration.remove(entry.setting());
        }
        ledger.forget(entry);
        return done;
    }

    /** Where lasting changes are written. */
    public String configuration() {
        return configuration.toString();
    }

    private <T> T inside(Callable<T> work) throws UnavailableException {
        return Namespaces.in(netns, () -> explaining(work));
    }

    private <T> T explaining(Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (AccessDeniedException e) {
            throw new UnavailableException(
                    String.valueOf(e.getFile()), "not permitted", "run as root; nothing was changed there");
        } catch (IOException e) {
            throw new UnavailableException(
                    "settings", String.valueOf(e), "is /proc mounted, and " + ledger + " writable?");
        }
    }
}
