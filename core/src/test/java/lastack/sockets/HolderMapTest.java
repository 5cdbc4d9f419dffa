package lastack.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HolderMapTest {
    private static Set<String> holders(HolderMap map, long inode) {
        Set<String> found = new HashSet<>();
        map.forEach(inode, (pid, fd) -> assertThat(found.add(pid + ":" + fd)).isTrue());
        return found;
    }

    @Test
    void hasNobodyForASocketItNeverSaw() {
        assertThat(holders(new HolderMap(), 7)).isEmpty();
    }

    @Test
    void keepsEveryHolderOfASocket() {
        HolderMap map = new HolderMap();
        map.add(7, 1, 3);
        map.add(8, 1, 4);
        map.add(7, 1, 5);
        map.add(7, 2, 3);

        assertThat(holders(map, 7)).containsExactlyInAnyOrder("1:3", "1:5", "2:3");
        assertThat(holders(map, 8)).containsExactly("1:4");
    }

    @Test
    void agreesWithAPlainMapHoweverLargeItGrows() {
        Random random = new Random(1);
        HolderMap map = new HolderMap();
        Map<Long, Set<String>> plain = new HashMap<>();
        for (int fd = 0; fd < 100_000; fd++) {
            long inode = random.nextInt(40_000) | (random.nextBoolean() ? 0xFFFF_0000L : 0);
            int pid = random.nextInt(1_000);
            map.add(inode, pid, fd);
            plain.computeIfAbsent(inode, key -> new HashSet<>()).add(pid + ":" + fd);
        }

        plain.forEach((inode, holders) -> assertThat(holders(map, inode)).isEqualTo(holders));
    }
}
