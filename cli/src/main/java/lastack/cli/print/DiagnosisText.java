package lastack.cli.print;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lastack.diagnosis.Advice;
import lastack.diagnosis.Diagnosis;
import lastack.diagnosis.Evidence;
import lastack.diagnosis.Group;
import lastack.diagnosis.Growth;
import lastack.diagnosis.Report;
import lastack.diagnosis.Verdict;
import lastack.model.Durations;
import lastack.model.NetNamespace;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/** A paragraph for each group, those that need attention first; the others are only counted where there are any such. */
final class DiagnosisText implements DiagnosisPrinter {
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    /** So many paragraphs about sockets with nothing wrong are still worth reading. */
    private static final int HARMLESS_SHOWN = 3;

    private static final int OWNERS_SHOWN = 4;

    private final Output out;
    private final int columns;
    private final boolean colours;
    private final Set<Verdict> pointedTo = EnumSet.noneOf(Verdict.class);
    private boolean first = true;

    DiagnosisText(Output out, Terminal terminal, boolean colours) {
        this.out = out;
        this.columns = terminal.columns();
        this.colours = colours;
    }

    @Override
    public void print(Report report) {
        List<Group> harmless = new ArrayList<>();
        boolean several = report.groups().stream().map(Group::netns).distinct().count() > 1;
        for (Group group : report.groups()) {
            if (group.verdict().isHarmless()) {
                harmless.add(group);
            } else {
                paragraph(group, several);
            }
        }
        if (first && harmless.size() <= HARMLESS_SHOWN) {
            harmless.forEach(group -> paragraph(group, several));
        } else if (!harmless.isEmpty()) {
            countOnly(harmless);
        }
        if (report.matched() == 0 && report.gone() > 0) {
            line(
                    0,
                    "nothing left: all of the first look are gone (" + report.gone()
                            + "): what used them again, or closed them, did it now");
        }
        int left = report.matched() - report.diagnoses().size();
        if (left > 0) {
            line(0, left + " more matched, beyond the limit");
        }
        out.flush();
    }

    private void countOnly(List<Group> harmless) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Group group : harmless) {
            counts.merge(group.state() + " (" + group.verdict().id() + ")", group.count(), Integer::sum);
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((what, count) -> parts.add(count + " " + what));
        gap();
        line(0, (parts.isEmpty() ? "" : "nothing wrong with ") + String.join(", ", parts));
    }

    private void paragraph(Group group, boolean several) {
        gap();
        Diagnosis oldest = group.members().getFirst();
        boolean one = group.count() == 1;
        heading(one ? single(oldest) : many(group), several ? group.netns() : null);
        line(
                2,
                oldest.verdict().id() + " (" + certainty(group) + "): " + (one ? "" : "the oldest: ")
                        + oldest.summary());
        for (Verdict also : oldest.also()) {
            line(2, "and " + also.id() + ": " + also.meaning());
        }
        if (!one && !group.pattern().isEmpty()) {
            line(2, group.pattern());
        }
        if (group.growth() != null) {
            line(2, growth(group.growth()));
        }
        line(2, one ? "seen:" : "seen of the oldest:");
        for (Evidence evidence : oldest.evidence()) {
            line(4, "- " + evidence.fact() + " [" + evidence.source() + "]");
        }
        if (oldest.settledBy() != null) {
            line(2, "what would settle it: " + oldest.settledBy());
        }
        advice(group.advice());
        pointToPage(oldest.verdict());
        oldest.also().forEach(this::pointToPage);
    }

    /** What holds of the oldest need not hold of all. */
    private static String certainty(Group group) {
        String oldest = group.members().getFirst().certainty().label();
        String least = group.certainty().label();
        return oldest.equals(least) ? oldest : oldest + ", of some only " + least;
    }

    private void pointToPage(Verdict verdict) {
        if (pointedTo.add(verdict)) {
            line(2, "more: lastack help " + verdict.id());
        }
    }

    private static String single(Diagnosis diagnosis) {
        TcpSocket socket = diagnosis.socket();
        List<Owner> owners = socket.owners();
        int more = owners.size() - OWNERS_SHOWN;
        String held = more > 0
                ? Cell.owners(socket.withOwners(owners.subList(0, OWNERS_SHOWN))) + " and " + more + " more"
                : Cell.owners(socket);
        return socket.state() + "  " + socket.id() + "  " + held;
    }

    private static String many(Group group) {
        String ages = group.oldestMillis() < 0
                ? ""
                : ", oldest " + Cell.age(group.oldest()) + ", youngest " + Cell.age(group.youngest());
        return group.state() + "  " + group.count() + " sockets, " + group.owner() + ", " + group.peer() + ages;
    }

    private static String growth(Growth growth) {
        return "in " + Durations.format(growth.overMillis()) + " " + growth.came() + " came and " + growth.went()
                + " went: " + growth.trend();
    }

    private void advice(List<Advice> advice) {
        if (advice.isEmpty()) {
            return;
        }
        line(2, "what to do:");
        for (Advice one : advice) {
            line(4, "- " + one.action());
            if (one.command() != null) {
                // Never broken: it is there to be copied.
                out.line("        " + SafeText.of(one.command()));
            }
            line(6, "effect: " + one.effect());
            line(6, "risk: " + one.risk());
        }
    }

    private void gap() {
        if (!first) {
            out.line("");
        }
        first = false;
    }

    private void heading(String text, @Nullable NetNamespace netns) {
        String where = netns == null ? "" : "  netns " + netns.label();
        String safe = SafeText.of(text + where);
        out.line(colours ? BOLD + safe + RESET : safe);
    }

    /** Breaks at blanks what does not fit; programs choose their names, so no line may steer the terminal. */
    private void line(int indent, String text) {
        String rest = SafeText.of(text);
        int hanging = indent;
        while (rest.length() > columns - hanging) {
            int cut = rest.lastIndexOf(' ', columns - hanging);
            if (cut <= 0) {
                break;
            }
            out.line(" ".repeat(hanging) + rest.substring(0, cut));
            rest = rest.substring(cut + 1);
            hanging = indent + 2;
        }
        out.line(" ".repeat(hanging) + rest);
    }
}
