package lastack.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lastack.jvm.DumpCost;
import lastack.jvm.Jvm;
import lastack.jvm.JvmReport;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code --heap}: looks into a heap dump for what no field leads to, once the user has agreed to its cost. */
final class HeapLook {
    private final boolean asked;
    private final boolean yes;
    private final Optional<Path> keep;
    private boolean unconfirmed;

    private HeapLook(boolean asked, boolean yes, Optional<Path> keep) {
        this.asked = asked;
        this.yes = yes;
        this.keep = keep;
    }

    static HeapLook of(ParseResult line) {
        boolean asked = line.hasMatchedOption("--heap");
        Optional<Path> keep = Optional.ofNullable(line.matchedOptionValue("--keep", (String) null))
                .map(Path::of);
        if (!asked && (keep.isPresent() || line.hasMatchedOption("--yes"))) {
            throw usage(line, "--keep and --yes belong to --heap; the last N openings are --openings N");
        }
        if (asked && (line.hasMatchedOption("--trace") || line.hasMatchedOption("--detach"))) {
            throw usage(line, "--heap looks at sockets, and --trace and --detach do not: take one of them");
        }
        keep.filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS)).ifPresent(file -> {
            throw usage(line, "there is a file " + file + " already; name another to --keep");
        });
        return new HeapLook(asked, line.hasMatchedOption("--yes"), keep);
    }

    private static ParameterException usage(ParseResult line, String message) {
        return new ParameterException(line.commandSpec().commandLine(), message);
    }

    /** The report, with what a heap dump adds to it. */
    JvmReport look(Jvm jvm, List<TcpSocket> sockets, JvmReport report) throws UnavailableException {
        List<TcpSocket> unheld = report.unheld(jvm.process(), sockets);
        if (!asked) {
            return report;
        }
        if (unheld.isEmpty()) {
            Diagnostics.note("no heap dump is taken: fields lead to every socket of "
                    + jvm.process().label());
            return report;
        }
        DumpCost cost = jvm.considerDump(keep);
        if (!yes && !Consent.given("take it?", cost.toString())) {
            unconfirmed = true;
            return report;
        }
        return jvm.searchDump(report, unheld, cost, keep);
    }

    /** Whether a dump was not taken because nobody said yes. */
    boolean isUnconfirmed() {
        return unconfirmed;
    }
}
