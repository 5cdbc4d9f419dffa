package lastack.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small C program over this machine's own headers. A machine without gcc and headers fails the test; it never skips it. */
public final class CProgram {
    private CProgram() {}

    /** Compiles the program and runs it; the lines it printed. */
    public static List<String> run(String source) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("lastack-headers-");
        Path program = folder.resolve("program");
        try {
            Path file = Files.writeString(folder.resolve("program.c"), source);
            output("gcc", "-Wall", "-Werror", "-o", program.toString(), file.toString());
            Files.delete(file);
            return output(program.toString());
        } finally {
            Files.deleteIfExists(program);
            Files.deleteIfExists(folder.resolve("program.c"));
            Files.delete(folder);
        }
    }

    private static List<String> output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + printed);
        }
        return printed.lines().toList();
    }
}
