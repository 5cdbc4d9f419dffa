package lastack.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.process.NamedPipe;
import lastack.model.UnavailableException;

/** Questions to the agent in one JVM, and its answers. What comes back was written by a program that need not mean well. */
final class Conversation {
    private static final long LARGEST_ANSWER = 256L << 20;
    private static final long LONGEST_PAUSE_MILLIS = 20;

    private final AgentFolder folder;

    Conversation(AgentFolder folder) {
        this.folder = folder;
    }

    AgentFolder folder() {
        return folder;
    }

    /** Asks and waits; nothing of the question is left behind, also where no answer comes. */
    List<String> ask(Question question, Duration patience) throws IOException, KernelException, UnavailableException {
        String token = AgentFolder.token();
        Path asked = folder.here("ask." + token);
        Path answer = folder.here("answer." + token);
        try {
            Files.writeString(asked, question.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            NamedPipe.write(folder.here(JvmProcess.QUESTIONS).toString(), token + "\n");
            await(answer, System.nanoTime() + patience.toNanos(), patience);
            return read(answer);
        } catch (KernelException e) {
            if (e.is(Errno.ENXIO)) {
                throw silent();
            }
            throw e;
        } finally {
            Files.deleteIfExists(asked);
            Files.deleteIfExists(answer);
        }
    }

    private UnavailableException silent() {
        return Obstacles.obstacle(folder.jvm(), "the agent in it does not listen any more", "ask again");
    }

    private void await(Path answer, long deadline, Duration patience) throws UnavailableException {
        long pause = 1;
        while (!Files.exists(answer, LinkOption.NOFOLLOW_LINKS)) {
            if (folder.jvm().hasEnded()) {
                throw Obstacles.ended(folder.jvm());
            }
            if (System.nanoTime() - deadline > 0) {
                throw Obstacles.obstacle(
                        folder.jvm(),
                        "the agent in it has not answered for " + patience.toMillis() + " ms",
                        "lastack why works from outside; try again later");
            }
            sleep(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    private List<String> read(Path answer) throws IOException {
        BasicFileAttributes file = Files.readAttributes(answer, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!file.isRegularFile() || file.size() > LARGEST_ANSWER) {
            throw new IOException("the answer is no file, or too large: " + file.size() + " bytes");
        }
        String text = new String(Files.readAllBytes(answer), StandardCharsets.UTF_8);
        return text.lines().toList();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
