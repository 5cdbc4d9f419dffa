package lastack.diagnosis;

import java.util.ArrayList;
import java.util.List;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one socket.
 *
 * @param socket the socket
 * @param verdict what is the matter
 * @param also verdicts that come on top, such as {@link Verdict#FD_EXHAUSTION}
 * @param summary one sentence about this very socket
 * @param certainty how sure the verdict is
 * @param settledBy what would make it certain, or null where it is
 * @param evidence what it rests on
 * @param advice what can be done, the gentlest first
 */
public record Diagnosis(
        TcpSocket socket,
        Verdict verdict,
        List<Verdict> also,
        String summary,
        Certainty certainty,
        @Nullable String settledBy,
        List<Evidence> evidence,
        List<Advice> advice) {
    /** The same, with what else is the matter. */
    Diagnosis and(Diagnosis other) {
        List<Verdict> more = new ArrayList<>(also);
        more.add(other.verdict());
        List<Advice> longer = new ArrayList<>(advice);
        longer.addAll(other.advice());
        return new Diagnosis(
                socket, verdict, List.copyOf(more), summary, certainty, settledBy, joined(other), List.copyOf(longer));
    }

    /** The same, with what was seen before that. */
    Diagnosis after(Diagnosis other) {
        return new Diagnosis(socket, verdict, also, summary, certainty, settledBy, other.joined(this), advice);
    }

    /** The same, with one thing more that was seen. */
    public Diagnosis seen(Evidence more) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.add(more);
        return new Diagnosis(socket, verdict, also, summary, certainty, settledBy, List.copyOf(all), advice);
    }

    Diagnosis advising(List<Advice> other) {
        return new Diagnosis(socket, verdict, also, summary, certainty, settledBy, evidence, other);
    }

    private List<Evidence> joined(Diagnosis other) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.addAll(other.evidence());
        return List.copyOf(all);
    }
}
