package lastack.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lastack.launch.ForcedOptions;
import lastack.launch.Launch;
import lastack.launch.NotStarted;
import lastack.model.UnavailableException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack run}: become another program, with socket options forced on it. */
final class RunCommand implements Subcommand {
    /** As env(1), nohup(1) and the shell have it. */
    private static final int FOUND_BUT_NOT_RUN = 126;

    private static final int NOT_FOUND = 127;

    @Override
    public String summary() {
        return "Run a program, and all it starts, with socket options forced on its TCP sockets.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .customSynopsis("lastack run [OPTIONS] -- COMMAND [ARGUMENT...]")
                .description(
                        summary(),
                        "lastack itself becomes the program: process number, terminal, signals and exit status are its own.")
                .footer(
                        "",
                        "Examples:",
                        "  lastack run --bind reuse -- ./server            # bind over TIME-WAIT, without its source",
                        "  lastack run --bind wait=30s -- nc -l 8080       # wait for the same port",
                        "  lastack run --bind evict -- ./start.sh          # remove what lingers on the port",
                        "  lastack run --keepalive 60s:10s:6 --user-timeout 30s -- psql",
                        "",
                        "reuse helps where the program that left something on the port had SO_REUSEADDR too, as under lastack run;",
                        "wait and evict help in any case.",
                        "",
                        "Not seen: what is done by io_uring or with sockets that are connected or listen already;",
                        "TCP fast open without connect. Without CAP_SYS_ADMIN set-user-ID programs gain no rights.",
                        "A second lastack (supervise) answers for the program as long as that lives: where somebody kills it,",
                        "bind fails with ENOSYS. While bind is held, HUP, INT, QUIT and TERM end it as any slow call; for others",
                        "the handler runs and the bind goes on (before Linux 5.19 it fails with EINTR where SA_RESTART is not set).",
                        "A program that runs in here cannot be run in another lastack run.",
                        "",
                        "Exit codes: those of the program; 127 there is no such program, 126 it cannot be run,",
                        "2 usage, 4 not permitted or the kernel cannot.");
        spec.parser().stopAtPositional(true);
        ForcedSwitches.declare(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("COMMAND")
                .description("the program and its arguments")
                .build());
    }

    @Override
    public int run(ParseResult line) throws UnavailableException, IOException, InterruptedException {
        ForcedOptions forced = ForcedSwitches.of(line);
        if (forced.isEmpty()) {
            Diagnostics.error("run has nothing to force: give --bind, --linger, --keepalive, --user-timeout or"
                    + " --fin-timeout\nfor example: lastack run --bind reuse -- ./server");
            return ExitCode.USAGE;
        }
        int words = line.matchedPositionalValue(0, List.<String>of()).size();
        Launch launch = Launch.prepare(forced);
        if (launch.withoutNewPrivileges()) {
            Diagnostics.note("lastack: without CAP_SYS_ADMIN the program runs with no_new_privs:"
                    + " sudo and other set-user-ID programs gain no rights in it");
        }
        Supervisor.start(launch.handle(), options(line, words));
        return failed(launch.become(OwnCommandLine.last(words)));
    }

    /** What stands before the program. */
    private static List<String> options(ParseResult line, int words) {
        List<String> all = line.originalArgs();
        List<String> options = new ArrayList<>(all.subList(0, all.size() - words));
        options.remove("--");
        return options;
    }

    private static int failed(NotStarted failure) {
        String what = failure.found() ? "cannot run it" : "no such program";
        Diagnostics.error(failure.program() + ": " + what + " (" + failure.reason() + ")");
        return failure.found() ? FOUND_BUT_NOT_RUN : NOT_FOUND;
    }
}
