package lastack.cli.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import lastack.filter.Filter;
import lastack.model.Family;
import lastack.model.TcpState;
import lastack.testkit.Crowd;
import lastack.testkit.Namespace;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class LookoutKernelTest {
    private static final EnumSet<Family> BOTH = EnumSet.allOf(Family.class);

    private static Lookout lookout(Namespace namespace) throws Exception {
        return namespace.call(() -> Lookout.open("self", BOTH, Changes.NONE));
    }

    @Test
    void tenThousandSocketsMayAppearInOneLook() throws Exception {
        try (Namespace namespace = Namespace.open();
                Lookout lookout = lookout(namespace)) {
            lookout.look(Question.ALL);

            try (Crowd crowd = Crowd.of(namespace, 5_000)) {
                Look look = lookout.look(Question.ALL);

                assertThat(look.count(TcpState.CLOSE_WAIT)).isEqualTo(crowd.count());
                assertThat(look.total()).isGreaterThanOrEqualTo(2 * crowd.count());
                assertThat(look.sockets()).hasSize(1_000).allMatch(socket -> socket.state() == TcpState.CLOSE_WAIT);
                assertThat(look.listed()).isEqualTo(look.total());
                assertThat(look.flows().count(TcpState.LISTEN, TcpState.CLOSE_WAIT)
                                + look.flows().count(TcpState.CLOSED, TcpState.CLOSE_WAIT))
                        .isEqualTo(crowd.count());
                assertThat(look.groups()).hasSizeLessThanOrEqualTo(200);
            }
        }
    }

    @Test
    void namesTheOwnerSoonAndGroupsByIt() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation stuck = tcp.closeWait();
            String owner = "actor[" + stuck.holder().actor().pid() + "]";
            try (Lookout lookout = lookout(tcp.here())) {
                Look look = await(() -> lookout.look(Question.ALL), looked -> isGroupOf(looked, owner));

                Group group = look.groups().getFirst();
                assertThat(group.circle().state()).isEqualTo(TcpState.CLOSE_WAIT);
                assertThat(group.count()).isEqualTo(1);
                assertThat(look.sockets().getFirst().owners().getFirst().label())
                        .isEqualTo(owner);
            }
        }
    }

    private static boolean isGroupOf(Look look, String owner) {
        return look.groups().stream().anyMatch(group -> group.circle().owner().equals(owner));
    }

    @Test
    void listsOneGroupOnlyButCountsAll() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            tcp.closeWait();
            tcp.established();
            try (Lookout lookout = lookout(tcp.here())) {
                Look settled = await(() -> lookout.look(Question.ALL), Look::ownersKnown);
                Circle circle = lookout.look(Question.ALL).groups().getFirst().circle();

                Look look = lookout.look(Question.ALL.only(circle));

                assertThat(settled.groups()).hasSizeGreaterThan(1);
                assertThat(look.sockets()).hasSize(1).allMatch(socket -> socket.state() == TcpState.CLOSE_WAIT);
                assertThat(look.count(TcpState.ESTABLISHED)).isEqualTo(2);
            }
        }
    }

    @Test
    void tellsWhatMovedBetweenTwoLooks() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation pair = tcp.established();
            try (Lookout lookout = lookout(tcp.here())) {
                lookout.look(Question.ALL);

                pair.peer().shutdownWrite();
                pair.await(TcpState.CLOSE_WAIT);
                Awaitility.await().until(pair.peer()::state, TcpState.FIN_WAIT_2::equals);
                Look look = lookout.look(Question.ALL);

                assertThat(look.flows().count(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT))
                        .isEqualTo(1);
                assertThat(look.flows().count(TcpState.ESTABLISHED, TcpState.FIN_WAIT_2))
                        .isEqualTo(1);
                assertThat(look.seconds()).isPositive();
            }
        }
    }

    @Test
    void anotherFilterIsNoFlow() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            tcp.closeWait();
            try (Lookout lookout = lookout(tcp.here())) {
                lookout.look(Question.ALL.of(Filter.parse("state listening")));

                Look look = lookout.look(Question.ALL);

                assertThat(look.flows()).isEqualTo(new Flows());
            }
        }
    }

    @Test
    void aFilterMayAskForOwners() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation stuck = tcp.closeWait();
            int pid = stuck.holder().actor().pid();
            Question question = Question.ALL.of(Filter.parse("state close-wait pid = " + pid));
            try (Lookout lookout = lookout(tcp.here())) {
                Look look = await(() -> lookout.look(question), looked -> looked.total() > 0);

                assertThat(look.total()).isEqualTo(1);
            }
        }
    }

    @Test
    void aNamespaceThatIsGoneLeavesAGapAndIsLetGo() throws Exception {
        try (Namespace namespace = Namespace.open()) {
            Process inhabitant = inhabitant(namespace);
            try (Lookout lookout = Lookout.open(Long.toString(namespace.inode()), BOTH, Changes.NONE)) {
                assertThat(lookout.look(Question.ALL).gaps()).isEmpty();

                inhabitant.destroyForcibly().waitFor();

                Look look = await(
                        () -> lookout.look(Question.ALL),
                        looked -> !looked.gaps().isEmpty());
                assertThat(look.gaps().getFirst().what()).isEqualTo("network namespace " + namespace.inode());
                assertThat(look.places()).isEmpty();
            }
        }
    }

    @Test
    void namespacesComeAndGo() throws Exception {
        try (Lookout lookout = Lookout.open("all", BOTH, Changes.NONE);
                Namespace namespace = Namespace.open()) {
            lookout.look(Question.ALL);

            Process inhabitant = inhabitant(namespace);
            Look with = await(
                    () -> lookout.look(Question.ALL), looked -> inodes(looked).contains(namespace.inode()));
            inhabitant.destroyForcibly().waitFor();
            Look without = await(
                    () -> lookout.look(Question.ALL), looked -> !inodes(looked).contains(namespace.inode()));

            assertThat(with.places()).hasSizeGreaterThan(1);
            assertThat(without.gaps()).noneMatch(gap -> gap.what().contains(Long.toString(namespace.inode())));
        }
    }

    /** A namespace is known by its processes. */
    private static Process inhabitant(Namespace namespace) {
        return namespace.start(new ProcessBuilder("sleep", "600"));
    }

    private static List<Long> inodes(Look look) {
        return look.places().stream().map(place -> place.netns().inode()).toList();
    }

    private static Look await(Callable<Look> look, Predicate<Look> until) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(look, until);
    }
}
