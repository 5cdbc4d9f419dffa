package lastack.forwarded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.conntrack.Conntrack;
import lastack.kernel.packet.NextHops;
import lastack.model.Family;
import lastack.model.ForwardedConnection;
import lastack.model.Gap;
import lastack.model.UnavailableException;
import lastack.sockets.Namespaces;

/**
 * The TCP connections that pass through a network namespace, as its conntrack remembers them.
 *
 * <pre>{@code
 * ForwardedTable table = new ForwardedTable("self");
 * Filter filter = Filter.parseForwarded(List.of("dst 10.0.0.9"));
 * table.cut(table.snapshot(filter, EnumSet.allOf(Family.class)).connections(), Duration.ofSeconds(2), System.out::println);
 * }</pre>
 *
 * <p>Takes {@code CAP_NET_ADMIN}, and {@code CAP_NET_RAW} to cut.
 *
 * @param netns {@code self}, a name under {@code /run/netns}, a pid or an inode
 */
public record ForwardedTable(String netns) {
    private static final int ATTEMPTS = 3;

    /**
     * The connections a filter means; src and dst are what the client used, before any NAT.
     *
     * <p>A dump that was interrupted is repeated up to three times before it becomes a gap.
     */
    public ForwardedSnapshot snapshot(Filter filter, Set<Family> families) throws UnavailableException {
        return Namespaces.in(netns, () -> {
            try (Conntrack conntrack = Conntrack.open()) {
                return snapshot(conntrack, filter, families);
            } catch (KernelException e) {
                throw unavailable(e);
            }
        });
    }

    static ForwardedSnapshot snapshot(Conntrack conntrack, Filter filter, Set<Family> families) throws KernelException {
        List<ForwardedConnection> found = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        for (Family family : families) {
            boolean consistent = false;
            List<ForwardedConnection> ofFamily = new ArrayList<>();
            for (int attempt = 0; attempt < ATTEMPTS && !consistent; attempt++) {
                ofFamily.clear();
                consistent = conntrack.dump(family, connection -> {
                    if (filter.matches(connection)) {
                        ofFamily.add(connection);
                    }
                });
            }
            found.addAll(ofFamily);
            if (!consistent) {
                gaps.add(new Gap(
                        "forwarded connections", "the kernel's table changed each time it was read", "look again"));
            }
        }
        return new ForwardedSnapshot(found, gaps);
    }

    /**
     * What would be done with each connection: cut, or skipped because one of its ends is this host itself.
     *
     * @param most how many may be cut; of any more nothing is said
     */
    public List<CutResult> plan(List<ForwardedConnection> connections, int most) throws UnavailableException {
        return Namespaces.in(netns, () -> {
            try (NextHops hops = NextHops.open()) {
                return plan(hops, connections, most);
            } catch (KernelException e) {
                throw unavailable(e);
            }
        });
    }

    private static List<CutResult> plan(NextHops hops, List<ForwardedConnection> connections, int most)
            throws KernelException {
        List<CutResult> plan = new ArrayList<>();
        int left = most;
        for (ForwardedConnection connection : connections) {
            if (hops.leadsHere(connection.client().address())
                    || hops.leadsHere(connection.server().address())) {
                plan.add(CutResult.ofThisHost(connection));
            } else if (left-- > 0) {
                plan.add(CutResult.planned(connection));
            }
        }
        return plan;
    }

    /**
     * Resets both ends of each connection, looks again, and makes the router forget it. Several are cut at a time, as an end that is silent is
     * waited for.
     *
     * @param patience how long to go on with one whose ends still answer
     * @param results is given one after the other
     */
    public void cut(List<ForwardedConnection> connections, Duration patience, Consumer<CutResult> results)
            throws UnavailableException {
        Namespaces.in(netns, () -> {
            new Crew(connections, patience, results).work();
            return true;
        });
    }

    static UnavailableException unavailable(KernelException e) {
        if (e.is(Errno.EPERM)) {
            return new UnavailableException(
                    "forwarded connections", "conntrack: EPERM", "run as root, or with CAP_NET_ADMIN");
        }
        if (e.is(Errno.EINVAL) || e.is(Errno.EPROTONOSUPPORT) || e.is(Errno.EOPNOTSUPP)) {
            return new UnavailableException(
                    "forwarded connections",
                    "this kernel has no conntrack, or its module is not loaded ("
                            + e.errno().name() + ")",
                    "it takes CONFIG_NF_CT_NETLINK: modprobe nf_conntrack_netlink");
        }
        return new UnavailableException("conntrack", String.valueOf(e.getMessage()), "try again; see lastack doctor");
    }
}
