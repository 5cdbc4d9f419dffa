package lastack.live;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import lastack.kernel.trace.StateSample;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/** The sockets that were seen to change, by their addresses in the kernel; of too many those that changed longest ago are forgotten. */
final class Lives {
    /** About 500 bytes each. */
    static final int MOST = 200_000;

    private final Map<Long, Life> lives = new LinkedHashMap<>(1024, 0.75f, true);
    private final Map<Long, Life> identified = new HashMap<>();
    private final Census census;

    Lives(Census census) {
        this.census = census;
    }

    /** Follows one change; null where nothing changed, as when a program closes what is in FIN-WAIT-2 already. */
    @Nullable
    Step follow(StateSample sample) {
        TcpState from = TcpState.of(sample.from());
        TcpState to = TcpState.of(sample.to());
        if (from == to) {
            return null;
        }
        Life life = lives.get(sample.socket());
        if (life == null || life.state() != from || isBirth(from, to)) {
            forget(sample.socket());
            life = begin(sample, isBirth(from, to));
        }
        Step step = new Step(sample.time(), life, from, to, isBirth(from, to) ? null : life.stayedUntil(sample.time()));
        life.move(sample);
        if (to == TcpState.CLOSED) {
            forget(sample.socket());
        }
        return step;
    }

    static boolean isBirth(TcpState from, TcpState to) {
        return from == TcpState.CLOSED || (from == TcpState.LISTEN && to == TcpState.SYN_RECV);
    }

    /** The address belongs to another socket now, or its changes were lost in between. */
    private Life begin(StateSample sample, boolean birth) {
        Life life = new Life(sample);
        if (!birth) {
            TcpSocket listed = census.take(Ends.of(sample), TcpState.of(sample.from()));
            if (listed != null) {
                life.wasListed(listed, census.takenAt());
                identified.put(listed.id().cookie(), life);
            }
        }
        lives.put(sample.socket(), life);
        if (lives.size() > MOST) {
            forget(lives.keySet().iterator().next());
        }
        return life;
    }

    private void forget(long address) {
        Life gone = lives.remove(address);
        if (gone != null && gone.socket() != null) {
            identified.remove(gone.socket().id().cookie(), gone);
        }
    }

    void identify(Life life, TcpSocket found, long when) {
        life.identify(found, when);
        identified.put(found.id().cookie(), life);
    }

    /** A change that is still to be followed: it may tell that what was just identified had ended before. */
    void foresee(StateSample sample) {
        if (TcpState.of(sample.to()) == TcpState.CLOSED) {
            Life life = lives.get(sample.socket());
            if (life == null) {
                return;
            }
            TcpSocket found = life.socket();
            if (found != null && life.wasFoundAfter(sample.time()) && !Afterlives.isOne(found)) {
                identified.remove(found.id().cookie(), life);
                life.forget();
            }
        }
    }

    /** The life of a socket that was listed, if it was seen to change. */
    @Nullable
    Life of(TcpSocket listed) {
        return identified.get(listed.id().cookie());
    }

    int size() {
        return lives.size();
    }
}
