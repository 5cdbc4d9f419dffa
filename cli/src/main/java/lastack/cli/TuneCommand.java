package lastack.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lastack.cli.print.Output;
import lastack.cli.print.TuningPrinter;
import lastack.model.UnavailableException;
import lastack.tuning.Change;
import lastack.tuning.Change.Outcome;
import lastack.tuning.HostFacts;
import lastack.tuning.InvalidSettingException;
import lastack.tuning.Reading;
import lastack.tuning.Setting;
import lastack.tuning.Tuning;
import lastack.tuning.Wish;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack tune}: the kernel's settings that matter here. */
final class TuneCommand implements Subcommand {
    @Override
    public String summary() {
        return "Show the kernel's settings that matter here, say whether another value would help now, change them,"
                + " and put them back.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary())
                .footer(
                        "",
                        "  show [NAME...]        value, what it does and does not, and whether it would help (the default)",
                        "  apply NAME=VALUE...   change, read back, and remember what was there before",
                        "  undo                  put back what apply changed, unless somebody else changed it since",
                        "",
                        "Examples:",
                        "  lastack tune",
                        "  lastack tune show tcp_tw_reuse",
                        "  lastack tune apply --dry-run tcp_tw_reuse=1 ip_local_port_range=15000-60999",
                        "  lastack tune apply --yes --persist ip_local_reserved_ports=49201",
                        "  lastack tune undo --yes",
                        "",
                        "What was there before is remembered in /var/lib/lastack/tune.",
                        "Exit codes: 0 done, 1 left alone, 2 usage or confirmation needed, 3 nothing to undo,",
                        "4 not permitted or the kernel cannot.");
        spec.addOption(
                Options.text("self|NAME|PID", "the network namespace (default: self)", "-N", "--netns", "--net"));
        spec.addOption(Options.choice(ReportFormat.class, "the form of the answer (default: table)", "--format"));
        spec.addOption(Options.flag("after a reboot too: write /etc/sysctl.d/60-lastack.conf", "--persist"));
        spec.addOption(Options.flag("show what would be done and change nothing", "--dry-run"));
        spec.addOption(Options.flag("do not ask", "-y", "--yes"));
        spec.addOption(Options.text("DIR", "the directory etc and var are in (default: /)", "--root"));
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel("show|apply|undo")
                .description("what to do")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .index("1..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("NAME[=VALUE]")
                .completionCandidates(Setting.names())
                .description("settings, with or without net.ipv4.")
                .build());
    }

    @Override
    public int run(ParseResult line) throws UnavailableException {
        String act = line.matchedPositionalValue(0, "show");
        List<String> rest = line.matchedPositionalValue(1, List.<String>of());
        if (line.matchedOptionValue("--netns", "self").equals("all")) {
            return mistake("tune looks at one network namespace at a time; name it with --netns NAME or PID");
        }
        try {
            return switch (act) {
                case "show" -> show(line, rest);
                case "apply" -> apply(line, rest);
                case "undo" -> undo(line, rest);
                default -> mistake("'" + act + "' is none of show, apply, undo\nsee: lastack tune --help");
            };
        } catch (InvalidSettingException e) {
            return mistake(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }

    private static int mistake(String message) {
        Diagnostics.error(message);
        return ExitCode.USAGE;
    }

    private static Tuning tuning(ParseResult line) {
        return Tuning.of(line.matchedOptionValue("--netns", "self"), Path.of(line.matchedOptionValue("--root", "/")));
    }

    private static int show(ParseResult line, List<String> names) throws UnavailableException, InvalidSettingException {
        if (line.hasMatchedOption("--persist")) {
            return mistake("--persist belongs to apply");
        }
        List<Setting> settings = new ArrayList<>();
        for (String name : names) {
            settings.add(Wish.setting(name));
        }
        Tuning tuning = tuning(line);
        HostFacts facts = tuning.measure();
        List<Reading> readings = tuning.read(settings.isEmpty() ? List.of(Setting.values()) : settings, facts);
        try (Output out = Output.standard()) {
            printer(line, out).readings(readings);
        }
        return ExitCode.DONE;
    }

    private static TuningPrinter printer(ParseResult line, Output out) {
        return line.matchedOptionValue("--format", ReportFormat.table) == ReportFormat.json
                ? TuningPrinter.json(out)
                : TuningPrinter.text(out);
    }

    private static int apply(ParseResult line, List<String> words)
            throws UnavailableException, InvalidSettingException {
        List<Wish> wishes = Wish.parse(words);
        if (wishes.isEmpty()) {
            return mistake("apply needs NAME=VALUE\nfor example: lastack tune apply tcp_tw_reuse=1");
        }
        Tuning tuning = tuning(line);
        boolean persist = line.hasMatchedOption("--persist");
        return carryOut(line, tuning.plan(wishes), persist, () -> tuning.apply(wishes, persist));
    }

    private static int undo(ParseResult line, List<String> words) throws UnavailableException {
        if (!words.isEmpty() || line.hasMatchedOption("--persist")) {
            return mistake("undo takes back everything that apply changed here, and takes no names");
        }
        Tuning tuning = tuning(line);
        List<Change> plan = tuning.planUndo();
        if (plan.isEmpty()) {
            Diagnostics.error("nothing to undo: lastack changed nothing here");
            return ExitCode.NO_MATCH;
        }
        return carryOut(line, plan, true, tuning::undo);
    }

    /** What changes settings. */
    private interface Act {
        List<Change> carryOut() throws UnavailableException;
    }

    /**
     * Shows the plan, asks, acts and reports.
     *
     * @param always whether there is something to do also where no value changes, such as a file
     */
    private static int carryOut(ParseResult line, List<Change> plan, boolean always, Act act)
            throws UnavailableException {
        Consumer<Output> preview = out -> printer(line, out).changes(plan);
        if (line.hasMatchedOption("--dry-run")) {
            report(preview);
            return ExitCode.DONE;
        }
        long planned = plan.stream()
                .filter(change -> change.outcome() == Outcome.PLANNED)
                .count();
        boolean acts = planned > 0 || always;
        String question = "Change " + planned + (planned == 1 ? " setting?" : " settings?");
        if (acts && !line.hasMatchedOption("--yes") && !Consent.given(question, preview)) {
            return ExitCode.USAGE;
        }
        List<Change> changes = act.carryOut();
        try {
            report(out -> printer(line, out).changes(changes));
        } catch (UncheckedIOException e) {
            // The exit code says what became of the settings, also when nobody reads the report.
            Diagnostics.outputFailed(e);
        }
        return exitCode(changes);
    }

    private static void report(Consumer<Output> content) {
        try (Output out = Output.standard()) {
            content.accept(out);
        }
    }

    private static int exitCode(List<Change> changes) {
        int code = ExitCode.DONE;
        for (Change change : changes) {
            switch (change.outcome()) {
                case LEFT_ALONE -> {
                    return ExitCode.STILL_THERE;
                }
                case REFUSED -> code = ExitCode.UNAVAILABLE;
                case PLANNED, CHANGED, UNCHANGED -> {}
            }
        }
        return code;
    }
}
