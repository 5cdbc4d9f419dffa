package lastack.cli;

import java.util.List;
import java.util.function.Consumer;
import lastack.diagnosis.Report;
import lastack.model.Gap;
import lastack.model.SocketView;

/** Passes sockets on and notices whether the owner of any was missed, so that people are told only when it matters. */
final class HiddenOwners implements Consumer<SocketView> {
    private final Consumer<SocketView> next;
    private boolean missed;
    private boolean seenAny;

    HiddenOwners(Consumer<SocketView> next) {
        this.next = next;
    }

    @Override
    public void accept(SocketView socket) {
        seenAny = true;
        missed |= socket.inode() != 0 && socket.owners().isEmpty();
        next.accept(socket);
    }

    /** The gaps that matter for a report. */
    static List<Gap> relevant(Report report) {
        HiddenOwners hidden = new HiddenOwners(socket -> {});
        report.diagnoses().forEach(diagnosis -> hidden.accept(diagnosis.socket()));
        return hidden.relevant(report.gaps());
    }

    /** All gaps, without those about owners when every socket has one to show; when none matched, it may be for that gap. */
    List<Gap> relevant(List<Gap> gaps) {
        return missed || !seenAny
                ? gaps
                : gaps.stream().filter(gap -> !gap.what().equals("owners")).toList();
    }
}
