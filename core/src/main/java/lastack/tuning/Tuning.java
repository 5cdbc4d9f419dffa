package lastack.tuning;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lastack.model.UnavailableException;
import lastack.sockets.Namespaces;
import lastack.tuning.Verdict.Leaning;

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
                Optional<String> value = LiveSettings.read(setting);
                Verdict verdict = value.map(now -> advisor.on(setting, now))
                        .orElseGet(() -> new Verdict(Leaning.NOT_HERE, LiveSettings.absence(setting)));
                readings.add(new Reading(setting, value.orElse(null), verdict));
            }
            return readings;
        });
    }

    /** What {@link #apply} would do; changes nothing. */
    public List<Change> plan(List<Wish> wishes) throws UnavailableException {
        return inside(() -> {
            List<Change> changes = new ArrayList<>();
            for (Wish wish : wishes) {
                changes.add(LiveSettings.plan(wish.setting(), wish.value()));
            }
            return changes;
        });
    }

    /**
     * Changes settings ({@code CAP_NET_ADMIN}), reads them back, and remembers what was there before.
     *
     * @param persist whether they are to have these values after a reboot too
     * @throws UnavailableException when nothing can be remembered or persisted; then nothing is changed
     */
    public List<Change> apply(List<Wish> wishes, boolean persist) throws UnavailableException {
        return inside(() -> {
            if (persist && wholeHost && !Home.isFirstNamespace()) {
                throw new UnavailableException(
                        "cannot write " + configuration,
                        "it is read at boot for the host's own network namespace, and this is another",
                        "leave out --persist");
            }
            return ledger.alone(() -> new Amendment(ledger, configuration, persist).of(wishes));
        });
    }

    /** What {@link #undo} would do; changes nothing. */
    public List<Change> planUndo() throws UnavailableException {
        return inside(() -> new Reversal(ledger, configuration).plan());
    }

    /** Puts back what {@link #apply} changed and forgets it; where somebody else has changed a value since, both stay. */
    public List<Change> undo() throws UnavailableException {
        return inside(() -> ledger.alone(() -> new Reversal(ledger, configuration).carryOut()));
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
        } catch (Ledger.DamagedException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), "nothing was changed", e.remedy());
        } catch (FileAlreadyExistsException e) {
            throw new UnavailableException(
                    String.valueOf(e.getFile()),
                    "it is no folder, and lastack keeps a file in there",
                    "move it away; nothing was changed");
        } catch (FileSystemException e) {
            String why = e.getReason() == null ? String.valueOf(e) : e.getReason();
            throw new UnavailableException(String.valueOf(e.getFile()), why, "make it writable; nothing was changed");
        } catch (IOException e) {
            throw new UnavailableException(
                    "settings", String.valueOf(e), "is /proc mounted, and " + ledger + " writable?");
        }
    }
}
