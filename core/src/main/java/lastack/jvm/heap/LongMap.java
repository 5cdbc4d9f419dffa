package lastack.jvm.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A map from identifiers, asked millions of times a second; 0, which stands for no object, is never a key. */
final class LongMap<V> {
    private static final int FIRST_PLACES = 64;

    private long[] keys = new long[FIRST_PLACES];
    private Object[] values = new Object[FIRST_PLACES];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    V get(long key) {
        @SuppressWarnings("unchecked")
        V value = (V) values[place(key)];
        return value;
    }

    boolean has(long key) {
        return values[place(key)] != null;
    }

    void put(long key, V value) {
        if (key == 0) {
            return;
        }
        int place = place(key);
        if (keys[place] == 0) {
            keys[place] = key;
            size++;
        }
        values[place] = value;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }

    /** Where it is, or would be. */
    private int place(long key) {
        int mask = keys.length - 1;
        // Objects lie at multiples of eight.
        int place = (int) (((key >>> 3) * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (keys[place] != 0 && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /** The keys, in no order. */
    long[] keys() {
        return Arrays.stream(keys).filter(key -> key != 0).toArray();
    }
}
