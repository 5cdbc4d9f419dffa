package lastack.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lastack.cli.print.Output;
import lastack.cli.print.PortPrinter;
import lastack.cli.print.PortSurvey;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.ports.BindAnswer;
import lastack.ports.Standing;
import lastack.remedy.Method;
import lastack.remedy.Outcome;
import lastack.remedy.RemovalOptions;
import lastack.remedy.Result;
import lastack.sockets.OpenNamespace;
import lastack.sockets.SocketTable;

/** The removal of what stands in the way of a bind, and the proof: a bind that really is tried. */
final class PortCampaign implements Undertaking<Result> {
    private final PortSurvey survey;
    private final OpenNamespace namespace;
    private final Campaign campaign;
    private final List<Result> spared = new ArrayList<>();
    private List<BindAnswer> after = List.of();

    private PortCampaign(PortSurvey survey, OpenNamespace namespace, Campaign campaign) {
        this.survey = survey;
        this.namespace = namespace;
        this.campaign = campaign;
    }

    /**
     * Plans; touches nothing.
     *
     * @param matches the sockets on the port
     * @param established whether connections in use are to go too
     */
    static PortCampaign plan(
            PortSurvey survey,
            OpenNamespace namespace,
            Matches matches,
            RemovalSwitches switches,
            boolean established) {
        Campaign campaign = new Campaign(matches, switches.caution().limit());
        PortCampaign made = new PortCampaign(survey, namespace, campaign);
        matches.sockets().forEach((table, sockets) -> {
            for (Standing standing : Standing.values()) {
                List<TcpSocket> some = sockets.stream()
                        .filter(socket -> Standing.of(socket) == standing)
                        .toList();
                made.add(table, standing, some, switches.options(), established);
            }
        });
        return made;
    }

    private void add(
            SocketTable table,
            Standing standing,
            List<TcpSocket> sockets,
            RemovalOptions options,
            boolean established) {
        Optional<Reason> reason = whySpared(standing, options, established);
        if (reason.isPresent()) {
            sockets.forEach(socket -> spared.add(Result.untouched(
                    socket, Outcome.SKIPPED, reason.get().why(), reason.get().hint())));
        } else if (!sockets.isEmpty()) {
            campaign.add(table, sockets, survey.port().rivals(standing), forStanding(standing, options));
        }
    }

    private record Reason(String why, String hint) {}

    private static Optional<Reason> whySpared(Standing standing, RemovalOptions options, boolean established) {
        return switch (standing) {
            case BOUND ->
                takesDescriptors(options)
                        ? Optional.empty()
                        : Optional.of(new Reason(
                                "a program has bound it; only its descriptor can go", "--free-fd takes that from it"));
            case IN_USE ->
                established
                        ? Optional.empty()
                        : Optional.of(new Reason("the connection is in use", "--established ends it too"));
            case LISTENER, LINGERING -> Optional.empty();
        };
    }

    private static boolean takesDescriptors(RemovalOptions options) {
        boolean byDescriptor = options.by().isPresent() && options.by().get().compareTo(Method.PARK) >= 0;
        return options.freeDescriptor() || byDescriptor;
    }

    /** A listener that is only stopped keeps the port until its descriptor is gone; a connection may outlive its descriptor. */
    private static RemovalOptions forStanding(Standing standing, RemovalOptions options) {
        return switch (standing) {
            case LISTENER -> options.freeingDescriptor();
            case BOUND -> options;
            case IN_USE, LINGERING -> options.persisting();
        };
    }

    @Override
    public List<Gap> gaps() {
        return campaign.gaps();
    }

    @Override
    public int matched() {
        return campaign.matched();
    }

    @Override
    public int actionable() {
        return campaign.actionable();
    }

    @Override
    public String question() {
        return campaign.question();
    }

    @Override
    public List<Result> preview() {
        List<Result> all = new ArrayList<>(campaign.preview());
        all.addAll(spared);
        return all;
    }

    /** What was found to be in use is told too: it may still stand in the way. */
    @Override
    public void execute(Consumer<Result> results) throws UnavailableException {
        campaign.execute(results);
        spared.forEach(results);
        after = namespace.call(() -> survey.port().tryToBind());
    }

    @Override
    public void stop() {
        campaign.stop();
    }

    @Override
    public void print(List<Result> results, Output out, ReportFormat format) {
        PortPrinter printer = format == ReportFormat.json ? PortPrinter.json(out) : PortPrinter.text(out);
        printer.print(survey, results, matched(), after);
    }

    /** Only the bind decides; where it does not work, what became of the sockets says why. */
    @Override
    public int exitCode(List<Result> results) {
        if (PortSurvey.isFree(after)) {
            return ExitCode.DONE;
        }
        boolean forbidden =
                after.stream().anyMatch(BindAnswer::isForbidden) || ExitCode.of(results) == ExitCode.UNAVAILABLE;
        return forbidden ? ExitCode.UNAVAILABLE : ExitCode.STILL_THERE;
    }
}
