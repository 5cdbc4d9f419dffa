package lastack.cli.print;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lastack.jvm.BlockedThread;
import lastack.jvm.Explanation;
import lastack.jvm.Frame;
import lastack.jvm.JvmSocket;
import lastack.jvm.Library;
import lastack.jvm.Opening;
import lastack.jvm.Registration;
import lastack.model.Durations;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/** A paragraph for all sockets that are held alike. */
final class JvmText implements JvmPrinter {
    private static final int FRAMES_SHOWN = 8;

    private final Output out;
    private final Paragraphs text;

    JvmText(Output out, Terminal terminal, boolean colours) {
        this.out = out;
        this.text = new Paragraphs(out, terminal, colours);
    }

    @Override
    public void print(List<JvmFindings> findings) {
        for (JvmFindings one : findings) {
            print(one);
        }
        out.flush();
    }

    private void print(JvmFindings findings) {
        if (findings.sockets().isEmpty()) {
            text.heading(findings.process().label() + " has no TCP sockets");
        }
        for (List<TcpSocket> alike : alike(findings).values()) {
            paragraph(findings, alike);
        }
        footer(findings);
    }

    private static Map<String, List<TcpSocket>> alike(JvmFindings findings) {
        Map<String, List<TcpSocket>> groups = new LinkedHashMap<>();
        for (TcpSocket socket : findings.sockets()) {
            String key = socket.state() + " " + likeness(findings.inside(socket));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(socket);
        }
        return groups;
    }

    /** What those that are held alike have in common. */
    private static String likeness(@Nullable JvmSocket inside) {
        if (inside == null) {
            return "";
        }
        StringBuilder key = new StringBuilder(inside.object().type());
        inside.path().ifPresent(path -> key.append(path.shape()));
        inside.threads().forEach(thread -> key.append(thread.doing()).append(thread.frames()));
        inside.registrations()
                .forEach(
                        one -> key.append(one.selector()).append(one.interest()).append(one.attachment()));
        inside.opening().ifPresent(opening -> key.append(opening.frames()));
        return key.toString();
    }

    private void paragraph(JvmFindings findings, List<TcpSocket> alike) {
        TcpSocket first = alike.getFirst();
        String owner = findings.process().label() + " fd " + findings.fd(first);
        text.heading(
                alike.size() == 1
                        ? first.state() + "  " + first.id() + "  " + owner
                        : first.state() + "  " + alike.size() + " sockets, such as " + first.id() + "  " + owner);
        JvmSocket inside = findings.inside(first);
        if (inside == null) {
            unknown(findings);
            return;
        }
        text.line(2, "object: " + inside.object());
        Explanation explanation = Explanation.of(first, inside, findings.report());
        text.line(2, explanation.holding());
        Library.on(inside).ifPresent(library -> library(library, inside, findings));
        inside.holder().filter(_ -> isBusyElsewhere(inside)).ifPresent(this::thread);
        inside.threads().forEach(this::thread);
        inside.registrations().forEach(this::registration);
        inside.opening().ifPresent(this::opening);
        advice(findings, alike, explanation);
    }

    private void unknown(JvmFindings findings) {
        text.line(
                2,
                findings.report().stopped().isPresent()
                        ? "object: not found; " + findings.report().stopped().get()
                                + "; --objects and --time let it look further"
                        : "object: none that a field leads to: a local variable has it, native code, or nothing any more;"
                                + " --heap looks into a heap dump, --trace sees what is opened from now on");
    }

    private void library(Library library, JvmSocket inside, JvmFindings findings) {
        String state = library.state(inside, findings.report());
        text.line(2, "library: " + library.title() + (state.isEmpty() ? "" : ": " + state));
    }

    /** Whoever reads, writes or selects is shown as that. */
    private static boolean isBusyElsewhere(JvmSocket inside) {
        return inside.threads().isEmpty()
                && inside.registrations().stream()
                        .noneMatch(key -> key.selecting().isPresent());
    }

    private void thread(BlockedThread thread) {
        text.line(
                2, (thread.virtual() ? "virtual thread " : "thread ") + thread.name() + " " + thread.doing() + " it:");
        frames(thread.frames());
    }

    private void frames(List<Frame> frames) {
        int shown = 0;
        for (Frame frame : frames) {
            if (shown == FRAMES_SHOWN) {
                break;
            }
            shown++;
            text.line(6, "at " + frame);
        }
        frames.stream()
                .skip(FRAMES_SHOWN)
                .filter(frame -> !frame.isPlatform())
                .findFirst()
                .filter(_ -> frames.stream().limit(FRAMES_SHOWN).allMatch(Frame::isPlatform))
                .ifPresent(frame -> text.line(6, "... at " + frame));
    }

    private void registration(Registration key) {
        text.line(
                2,
                "selector: " + key.selector() + ", waits for " + key.interestText()
                        + key.selecting()
                                .map(thread -> "; thread " + thread.name() + " is in it")
                                .orElse("; no thread is in it now")
                        + (key.attachment().isEmpty() ? "" : "; attached: " + key.attachment()));
    }

    private void opening(Opening opening) {
        text.line(2, "opened " + Durations.format(opening.agoMillis()) + " ago on thread " + opening.thread() + ":");
        frames(opening.frames());
    }

    private void advice(JvmFindings findings, List<TcpSocket> alike, Explanation explanation) {
        TcpSocket first = alike.getFirst();
        List<String> advice = explanation.advice();
        if (advice.isEmpty() && first.state() != TcpState.CLOSE_WAIT) {
            return;
        }
        text.line(2, "what to do:");
        advice.forEach(one -> text.line(4, "- " + one));
        if (first.state() == TcpState.CLOSE_WAIT) {
            text.line(4, "- close " + (alike.size() == 1 ? "the object" : "the objects") + " in the JVM:");
            text.command("lastack close --by jvm "
                    + (alike.size() == 1
                            ? "cookie = " + first.id().cookieHex()
                            : "state close-wait pid = "
                                    + findings.process().id().pid()));
        }
    }

    private void footer(JvmFindings findings) {
        String trace = findings.report().tracing()
                ? "; openings are noted, " + findings.report().opened() + " so far"
                : "";
        text.gap();
        text.line(
                0,
                findings.process().label() + ": Java " + findings.report().java() + ", "
                        + findings.report().objects()
                        + " objects looked at in " + findings.report().millis() + " ms"
                        + findings.report().stopped().map(why -> ", " + why).orElse("") + trace);
    }
}
