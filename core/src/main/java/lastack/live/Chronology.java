package lastack.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import lastack.kernel.trace.StateSample;

/** Puts the samples of all CPUs in order of time. */
final class Chronology {
    private final List<StateSample> waiting = new ArrayList<>();

    void add(StateSample sample) {
        waiting.add(sample);
    }

    /** Those before the given moment, in order; later ones stay, because another CPU's earlier ones may still come. */
    List<StateSample> before(long moment) {
        waiting.sort(Comparator.comparingLong(StateSample::time));
        int count = waiting.size();
        while (count > 0 && waiting.get(count - 1).time() - moment >= 0) {
            count--;
        }
        List<StateSample> past = new ArrayList<>(waiting.subList(0, count));
        waiting.subList(0, count).clear();
        return past;
    }

    /** Looks at those that stay. */
    void forEachWaiting(Consumer<StateSample> consumer) {
        waiting.forEach(consumer);
    }
}
