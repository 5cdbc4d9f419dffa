package lastack.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lastack.cli.print.ChangePrinter;
import lastack.cli.print.Output;
import lastack.filter.Filter;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.options.OptionChange;
import lastack.options.OptionChange.Outcome;
import lastack.options.OptionSetter;
import lastack.options.SocketOption;

/** The setting of options on what a filter matches. */
final class OptionCampaign implements Undertaking<OptionChange> {
    private final Map<TcpSocket, OptionSetter> setters = new LinkedHashMap<>();
    private final List<OptionChange> preview = new ArrayList<>();
    private final Matches matches;
    private int actionable;
    private volatile boolean stopped;

    private OptionCampaign(Matches matches) {
        this.matches = matches;
    }

    /** Reads what each socket has now; changes nothing. */
    static OptionCampaign plan(Matches matches, Filter filter, List<SocketOption> options, Caution caution) {
        OptionCampaign campaign = new OptionCampaign(matches);
        matches.sockets().forEach((table, sockets) -> {
            OptionSetter setter = new OptionSetter(table, filter, options, caution.listeners(), caution.mySession());
            for (TcpSocket socket : sockets) {
                campaign.add(socket, setter, caution.limit());
            }
        });
        return campaign;
    }

    /** Keeps no more than the limit allows; sockets on which nothing would change do not count. */
    private void add(TcpSocket socket, OptionSetter setter, int limit) {
        List<OptionChange> changes = setter.preview(socket);
        boolean acts = changes.stream().anyMatch(change -> change.outcome() == Outcome.PLANNED);
        if (acts && actionable == limit) {
            return;
        }
        actionable += acts ? 1 : 0;
        preview.addAll(changes);
        setters.put(socket, setter);
    }

    @Override
    public List<Gap> gaps() {
        return matches.gaps();
    }

    @Override
    public int matched() {
        return matches.count();
    }

    @Override
    public int actionable() {
        return actionable;
    }

    @Override
    public String question() {
        return "Set options on " + Undertaking.sockets(actionable) + "?";
    }

    @Override
    public List<OptionChange> preview() {
        return preview;
    }

    @Override
    public void execute(Consumer<OptionChange> results) throws UnavailableException {
        for (Map.Entry<TcpSocket, OptionSetter> entry : setters.entrySet()) {
            if (!stopped) {
                entry.getValue().set(entry.getKey(), results);
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void print(List<OptionChange> results, Output out, ReportFormat format) {
        ChangePrinter printer = format == ReportFormat.json ? ChangePrinter.json(out) : ChangePrinter.text(out);
        printer.print(results, matched());
    }

    /** As for removals: what failed counts before what was not permitted; the protected alone do not make a success. */
    @Override
    public int exitCode(List<OptionChange> results) {
        boolean forbidden = false;
        boolean skippedOnly = true;
        for (OptionChange change : results) {
            switch (change.outcome()) {
                case NOT_TAKEN -> {
                    return ExitCode.STILL_THERE;
                }
                case REFUSED -> {
                    if (!change.lacksPermission()) {
                        return ExitCode.STILL_THERE;
                    }
                    forbidden = true;
                }
                case SKIPPED -> {}
                case CHANGED, UNCHANGED, ALREADY_GONE, PLANNED -> skippedOnly = false;
            }
        }
        if (forbidden) {
            return ExitCode.UNAVAILABLE;
        }
        return skippedOnly ? ExitCode.STILL_THERE : ExitCode.DONE;
    }
}
