package lastack.jvm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.kernel.process.UserOf;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;

/**
 * A running JVM with lastack's agent in it.
 *
 * <pre>{@code
 * try (Jvm jvm = Jvm.enter(owner.process())) {
 *     jvm.find(sockets, Bounds.USUAL).sockets().forEach(socket -> System.out.println(socket.path()));
 * }
 * }</pre>
 *
 * <p>The agent stays in it when this is closed, asleep, until {@link #leave}.
 */
public final class Jvm implements AutoCloseable {
    /** How long a JVM may take to let the agent in, or to answer, beside what a question itself takes. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long a heap dump may take, beside ten times what it should. */
    private static final Duration DUMP_PATIENCE = Duration.ofSeconds(60);

    /** How long one close may take that has to say goodbye to a peer first. */
    private static final Duration EACH = Duration.ofSeconds(3);

    private final JvmProcess process;
    private final Footing footing;
    private final Conversation conversation;

    private Jvm(JvmProcess process, Footing footing, Conversation conversation) {
        this.process = process;
        this.footing = footing;
        this.conversation = conversation;
    }

    /**
     * What going into this process would mean; touches nothing.
     *
     * @throws UnavailableException when it is no JVM that can be gone into, with the reason
     */
    public static Prospect consider(int pid) throws UnavailableException {
        JvmProcess process = Obstacles.look(pid);
        Obstacles.refuseUnreachable(process, Privileges.own());
        boolean within = process.agentFolder().isPresent();
        if (!within) {
            Obstacles.refuseClosed(process);
        }
        return new Prospect(process, within, process.warns());
    }

    /** Whether its sockets are in the network namespace of lastack itself; those of a container are not. */
    public static boolean sharesNetwork(int pid) {
        try {
            Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
            return own.equals(Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * What going into a JVM would mean.
     *
     * @param process the JVM
     * @param within whether the agent is in it already
     * @param warns whether the JVM will say on its own standard error that an agent came
     */
    public record Prospect(JvmProcess process, boolean within, boolean warns) {}

    /** Whether the agent is in this process and may be asked; a look at its descriptors, nothing more. */
    public static boolean isIn(ProcessId id) {
        try {
            return ProcStat.startTime(id.pid()) == id.startTime()
                    && UserOf.process(id.pid()).isOpenTo(Privileges.own())
                    && JvmProcess.agentFolder(id.pid()).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Goes into it: has the agent loaded where it is not in yet. */
    public static Jvm enter(ProcessId id) throws UnavailableException {
        JvmProcess process = consider(id.pid()).process();
        if (!process.id().equals(id)) {
            throw Obstacles.ended(process);
        }
        Attachment.prepare(PATIENCE.minusMillis(500));
        Footing footing = new Footing(process, Privileges.own());
        try {
            return new Jvm(process, footing, new Conversation(folder(process, footing)));
        } catch (UnavailableException | RuntimeException e) {
            footing.close();
            throw e;
        }
    }

    private static AgentFolder folder(JvmProcess process, Footing footing) throws UnavailableException {
        Optional<Path> present = process.agentFolder();
        if (present.isPresent()) {
            return new AgentFolder(process, present.get());
        }
        AgentFolder folder = footing.run(PATIENCE, () -> AgentFolder.make(process, AgentFolder.agent()));
        try {
            return footing.run(PATIENCE, () -> load(process, folder));
        } catch (UnavailableException e) {
            removeBy(process, folder);
            throw e;
        }
    }

    private static AgentFolder load(JvmProcess process, AgentFolder folder) throws UnavailableException, IOException {
        Attachment.load(process, folder.path());
        try {
            String failure = Files.readString(folder.here("failed"));
            throw Obstacles.obstacle(
                    process,
                    "the agent cannot work in it: "
                            + failure.lines().findFirst().orElse("?"),
                    "lastack why works from outside");
        } catch (NoSuchFileException e) {
            return folder;
        }
    }

    /** On another thread: the first may still wait for a JVM that hangs. Without the folder an agent let in later finds nothing. */
    private static void removeBy(JvmProcess process, AgentFolder folder) throws UnavailableException {
        try (Footing another = new Footing(process, Privileges.own())) {
            another.run(PATIENCE, () -> {
                folder.remove();
                return true;
            });
        }
    }

    /**
     * The agent's jar, as it goes into JVMs.
     *
     * @throws IOException when this lastack was packed without it
     */
    public static byte[] agent() throws IOException {
        return AgentFolder.agent();
    }

    /** The JVM. */
    public JvmProcess process() {
        return process;
    }

    /** Which objects hold these sockets, as far as they are this JVM's. */
    public JvmReport find(Collection<TcpSocket> sockets, Bounds bounds) throws UnavailableException {
        Question question =
                new Question("find", "").within(bounds).about(sockets, process).watching();
        return report(question, PATIENCE.plus(bounds.time()));
    }

    /** Where these sockets were opened, by their inode, as far as a trace has seen that; looks at no more objects than it must. */
    public Map<Long, Opening> openings(Collection<TcpSocket> sockets) throws UnavailableException {
        Map<Long, Opening> openings = new HashMap<>();
        if (hello().tracing()) {
            for (JvmSocket socket : find(sockets, Bounds.NARROW).sockets()) {
                socket.opening().ifPresent(opening -> openings.put(socket.inode(), opening));
            }
        }
        return openings;
    }

    /** Whether it is traced, and what JVM it is; asks about no socket. */
    public JvmReport hello() throws UnavailableException {
        return report(new Question("hello", ""), PATIENCE);
    }

    /**
     * Closes the objects of these sockets.
     *
     * @return what came of each, by its descriptor in this JVM
     */
    public Map<Integer, CloseAnswer> close(Collection<TcpSocket> sockets, Bounds bounds) throws UnavailableException {
        Question question = new Question("close", "").within(bounds).about(sockets, process);
        Map<Integer, CloseAnswer> answers = new HashMap<>();
        for (String line : ask(question, PATIENCE.plus(bounds.time()).plus(EACH.multipliedBy(sockets.size())))) {
            String[] words = line.split("\t", -1);
            if (words.length == 4 && words[0].equals("outcome")) {
                answers.put(Integer.valueOf(words[1]), CloseAnswer.of(words[2], words[3]));
            }
        }
        return answers;
    }

    /**
     * Notes from now on where sockets are opened, until {@link #leave}.
     *
     * @param most how many openings to keep
     */
    public void trace(int most) throws UnavailableException {
        report(new Question("trace", Integer.toString(most)), PATIENCE);
    }

    /**
     * What a heap dump would take; takes none.
     *
     * @param keep a file for a copy of it
     * @throws UnavailableException also when there is not enough room for one
     */
    public DumpCost considerDump(Optional<Path> keep) throws UnavailableException {
        List<String> lines = ask(new Question("memory", ""), PATIENCE);
        DumpRoom room = footing.run(
                PATIENCE, () -> DumpRoom.of(process, conversation.folder().here("")));
        for (String line : lines) {
            String[] words = line.split("\t", -1);
            if (words.length == 2 && words[0].equals("heap")) {
                DumpCost cost = new DumpCost(process, Long.parseLong(words[1]), room);
                cost.refuseWithoutRoom();
                if (keep.isPresent()) {
                    cost.refuseToKeep(keep.get());
                }
                return cost;
            }
        }
        throw Obstacles.obstacle(process, "it does not tell how large its heap is", "lastack why works from outside");
    }

    /**
     * Takes a heap dump, during which the program stands still, and looks there for who holds these sockets, as far as no field
     * leads to them. The dump is gone afterwards, whatever happens.
     *
     * @param report what {@link #find} told
     * @param cost what {@link #considerDump} told
     * @param keep a file that does not exist yet, for a copy of the dump
     */
    public JvmReport searchDump(JvmReport report, Collection<TcpSocket> unheld, DumpCost cost, Optional<Path> keep)
            throws UnavailableException {
        try (DumpFile file = new DumpFile(conversation.folder())) {
            Duration patience = DUMP_PATIENCE.plus(cost.pause().multipliedBy(10));
            footing.run(PATIENCE, file::want);
            report(new Question("dump", file.path().toString()), patience);
            try (FileChannel dump = footing.run(PATIENCE, file::open)) {
                if (keep.isPresent()) {
                    DumpCopy.write(dump, keep.get());
                }
                return HeapSearch.in(dump, process, report, unheld);
            }
        } catch (IOException | RuntimeException e) {
            throw Obstacles.obstacle(
                    process,
                    "its heap dump cannot be read: " + (e.getMessage() == null ? e : e.getMessage()),
                    "try again, or with jcmd " + process.id().pid() + " GC.heap_dump and a tool for such files");
        }
    }

    /** Takes the agent out: every class has its own code again, its thread ends, its folder is removed. */
    public void leave() throws UnavailableException {
        report(new Question("leave", ""), PATIENCE);
        footing.run(PATIENCE, () -> {
            conversation.folder().remove();
            return true;
        });
    }

    private JvmReport report(Question question, Duration patience) throws UnavailableException {
        List<String> lines = ask(question, patience);
        return footing.run(patience, () -> ReportReader.read(lines));
    }

    private List<String> ask(Question question, Duration patience) throws UnavailableException {
        // The thread itself gives up first, and clears away what it asked.
        return footing.run(patience.plusSeconds(1), () -> conversation.ask(question, patience));
    }

    @Override
    public void close() {
        footing.close();
    }
}
