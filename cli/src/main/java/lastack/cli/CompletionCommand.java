package lastack.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack completion bash|zsh|fish}: the script that makes a shell complete command lines of lastack. */
final class CompletionCommand implements Subcommand {
    private enum Shell {
        bash,
        zsh,
        fish
    }

    @Override
    public String summary() {
        return "Print the script that completes lastack's command line in a shell.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary())
                .footer(
                        "",
                        "It knows commands, options, filters, and what is there: processes, ports in use, namespaces.",
                        "A package has installed it already.",
                        "",
                        "Examples:",
                        "  lastack completion bash     # source <(lastack completion bash)",
                        "  lastack completion zsh      # into a file _lastack in a folder of fpath",
                        "  lastack completion fish     # lastack completion fish | source");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(Shell.class)
                .paramLabel("bash|zsh|fish")
                .description("the shell")
                .build());
    }

    @Override
    public int run(ParseResult line) throws IOException {
        Shell shell = line.matchedPositionalValue(0, Shell.bash);
        try (InputStream script = CompletionCommand.class.getResourceAsStream("completion/lastack." + shell.name())) {
            return HelpCommand.show(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
