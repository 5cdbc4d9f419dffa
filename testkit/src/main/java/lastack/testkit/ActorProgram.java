package lastack.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The actor's program, compiled once in the life of this JVM. */
final class ActorProgram {
    private static final class Compiled {
        static final Path PROGRAM = compile();
    }

    private ActorProgram() {}

    static Path path() {
        return Compiled.PROGRAM;
    }

    private static Path compile() {
        try (InputStream source = ActorProgram.class.getResourceAsStream("actor.c")) {
            if (source == null) {
                throw new IllegalStateException("actor.c is missing from the testkit's jar");
            }
            Path folder = Files.createTempDirectory("lastack-testkit-");
            Path program = folder.resolve("actor");
            folder.toFile().deleteOnExit();
            program.toFile().deleteOnExit();
            compile(source, program);
            return program;
        } catch (IOException e) {
            throw new IllegalStateException("the testkit needs gcc and the C library's headers", e);
        }
    }

    private static void compile(InputStream source, Path program) throws IOException {
        Process gcc = new ProcessBuilder(
                        "gcc", "-O1", "-Wall", "-Wextra", "-pthread", "-x", "c", "-", "-o", program.toString())
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (var in = gcc.getOutputStream()) {
            source.transferTo(in);
        }
        try {
            if (gcc.waitFor() != 0) {
                throw new IllegalStateException("gcc refused actor.c, see its messages above");
            }
        } catch (InterruptedException e) {
            throw Interrupted.because(e);
        }
    }
}
