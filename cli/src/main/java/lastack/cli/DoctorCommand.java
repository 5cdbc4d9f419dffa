package lastack.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import lastack.cli.print.Output;
import lastack.cli.print.Terminal;
import lastack.cli.print.Wrapping;
import lastack.doctor.Doctor;
import lastack.doctor.Finding;
import lastack.doctor.Finding.Status;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack doctor}: what this kernel and these privileges allow. */
final class DoctorCommand implements Subcommand {
    private static final int STATUS_WIDTH = 9;

    @Override
    public String summary() {
        return "Show what this kernel and these privileges allow, and what would allow more.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary())
                .footer("", "Examples:", "  lastack doctor", "", "Exit codes: 0 sockets can be listed, 4 they cannot.");
    }

    @Override
    public int run(ParseResult line) {
        List<Finding> findings = Doctor.examine();
        try (Output out = Output.standard()) {
            int width = findings.stream()
                    .mapToInt(finding -> finding.ability().length())
                    .max()
                    .orElse(0);
            findings.forEach(finding -> print(finding, width, out));
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
        return canList(findings) ? ExitCode.DONE : ExitCode.UNAVAILABLE;
    }

    /** In one line where it fits, else with the detail below. */
    private static void print(Finding finding, int width, Output out) {
        String status = finding.status().name().toLowerCase(Locale.ROOT);
        String ability = status + " ".repeat(STATUS_WIDTH - status.length()) + finding.ability();
        String detail = finding.detail() + (finding.remedy().isEmpty() ? "" : "; " + finding.remedy());
        int columns = Terminal.detect().columns();
        if (STATUS_WIDTH + width + 2 + detail.length() <= columns) {
            out.line(ability + " ".repeat(width - finding.ability().length() + 2) + detail);
        } else {
            Wrapping wrapping = new Wrapping(columns);
            wrapping.lines(0, ability).forEach(out::line);
            wrapping.lines(STATUS_WIDTH, detail).forEach(out::line);
        }
    }

    private static boolean canList(List<Finding> findings) {
        return findings.stream()
                .noneMatch(finding -> finding.ability().equals(Doctor.LISTING) && finding.status() == Status.MISSING);
    }
}
