package lastack.diagnosis;

import java.util.List;
import lastack.model.Age;
import lastack.model.NetNamespace;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * Sockets with the same verdict, owner and peer.
 *
 * @param verdict the verdict of all
 * @param state the state of all
 * @param owner who holds them: {@code nc[4711]}, {@code kernel}, {@code not accepted}
 * @param peer between whom: {@code to 10.0.0.9:443}, {@code from 10.0.0.7 to port 80}
 * @param netns the namespace they live in
 * @param members their diagnoses, the oldest first
 * @param oldestMillis the highest age known, or -1
 * @param youngestMillis the lowest age known, or -1
 * @param pattern whether they came in a burst or one by one; empty where that cannot be told
 * @param growth how their number changed between two looks, or null after one
 * @param advice what can be done about all of them at once
 */
public record Group(
        Verdict verdict,
        TcpState state,
        String owner,
        String peer,
        NetNamespace netns,
        List<Diagnosis> members,
        long oldestMillis,
        long youngestMillis,
        String pattern,
        @Nullable Growth growth,
        List<Advice> advice) {
    /** The same, with more known of its members. */
    public Group of(List<Diagnosis> diagnoses) {
        return new Group(
                verdict, state, owner, peer, netns, diagnoses, oldestMillis, youngestMillis, pattern, growth, advice);
    }

    /** The highest age known, or null. */
    public @Nullable Age oldest() {
        return members.getFirst().socket().age();
    }

    /** The lowest age known, or null. */
    public @Nullable Age youngest() {
        return members.reversed().stream()
                .map(member -> member.socket().age())
                .filter(age -> age != null)
                .findFirst()
                .orElse(null);
    }

    /** How many there are. */
    public int count() {
        return members.size();
    }

    /** How sure the verdict is of each of them: that of the least sure one. */
    public Certainty certainty() {
        Certainty least = Certainty.CERTAIN;
        for (Diagnosis member : members) {
            least = member.certainty().compareTo(least) > 0 ? member.certainty() : least;
        }
        return least;
    }
}
