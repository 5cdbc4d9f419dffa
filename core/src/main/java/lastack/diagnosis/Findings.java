package lastack.diagnosis;

import java.util.ArrayList;
import java.util.List;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/** A diagnosis while it is put together. */
final class Findings {
    private final TcpSocket socket;
    private final List<Verdict> also = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Advice> advice = new ArrayList<>();

    Findings(TcpSocket socket) {
        this.socket = socket;
    }

    Findings fact(String fact, String source) {
        evidence.add(new Evidence(fact, source));
        return this;
    }

    Findings also(Verdict verdict) {
        if (!also.contains(verdict)) {
            also.add(verdict);
        }
        return this;
    }

    /** Where it turns out to be the verdict itself. */
    Findings without(Verdict verdict) {
        also.remove(verdict);
        return this;
    }

    Findings advise(Advice what) {
        if (!advice.contains(what)) {
            advice.add(what);
        }
        return this;
    }

    Diagnosis certainly(Verdict verdict, String summary) {
        return conclude(verdict, summary, Certainty.CERTAIN, null);
    }

    Diagnosis likely(Verdict verdict, String summary, String settledBy) {
        return conclude(verdict, summary, Certainty.LIKELY, settledBy);
    }

    Diagnosis possibly(Verdict verdict, String summary, String settledBy) {
        return conclude(verdict, summary, Certainty.POSSIBLE, settledBy);
    }

    private Diagnosis conclude(Verdict verdict, String summary, Certainty certainty, @Nullable String settledBy) {
        return new Diagnosis(
                socket,
                verdict,
                List.copyOf(also),
                summary,
                certainty,
                settledBy,
                List.copyOf(evidence),
                List.copyOf(advice));
    }
}
