package lastack.diagnosis;

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
        List<Advice> advice) {}
