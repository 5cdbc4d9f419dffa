package lastack.jvm.heap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lastack.jvm.heap.Climb.Link;
import lastack.jvm.heap.Climb.Node;
import lastack.jvm.heap.Climb.Root;
import lastack.jvm.heap.SocketSearch.Socket;

/** Looks into a heap dump for who holds some sockets. */
public final class HeapHolders {
    /** A list of singly linked nodes goes up by one with each way through the dump. */
    private static final int MOST_PASSES = 32;

    private static final Set<String> NAMES = Set.of(
            SocketSearch.DESCRIPTOR,
            SocketSearch.SOCKET_IMPL,
            SocketSearch.CHANNEL,
            "fd",
            "state",
            "closed",
            "referent",
            "name",
            "tid",
            "value",
            "coder");

    private final Dump dump;
    private final Types types;
    private final Stacks stacks;
    private final ThreadNames threads;
    private final Climb climb;
    private final Collection<Socket> sockets;
    private final boolean whole;
    private final Names names;

    /** Reads the dump for these descriptors. */
    public HeapHolders(FileChannel file, Set<Integer> descriptors) throws IOException {
        dump = new Dump(file);
        Names known = Names.like(name -> NAMES.contains(name) || name.endsWith(SocketSearch.NETTY));
        dump.pass(known);
        types = new Types(known);
        threads = new ThreadNames(types);
        dump.pass(new Together(types, threads));
        stacks = Stacks.read(dump, types);
        SocketSearch search = new SocketSearch(types, descriptors);
        dump.pass(new Together(search.descriptors(), threads));
        dump.pass(new Together(search.sockets(), threads));
        sockets = search.found().values();
        climb = new Climb(types, stacks, search.found().keySet());
        whole = climb(search.found().keySet());
        names = Names.of(nameIds());
        dump.pass(names);
    }

    private boolean climb(Set<Long> from) throws IOException {
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            if (!climb.up(dump, threads, from)) {
                return climb.isWhole();
            }
        }
        return false;
    }

    private Set<Long> nameIds() {
        Set<Long> ids = new HashSet<>();
        for (Socket socket : sockets) {
            ids.add(types.nameId(socket.type()));
            List<Node> way = climb.way(socket.id());
            for (int i = 0; i < way.size(); i++) {
                ids.add(types.nameId(way.get(i).type));
                ids.add(i == 0 ? 0L : link(way, i).field());
            }
            root(way).ifPresent(root -> {
                ids.add(root.field());
                ids.add(types.nameId(root.type()));
            });
        }
        return ids;
    }

    /** Whether it looked as far as there was anything to see: then what has no way is held by nothing any more. */
    public boolean whole() {
        return whole;
    }

    /** The sockets it found, one for each object that keeps such a descriptor. */
    public List<Holding> holdings() {
        return sockets.stream()
                .map(socket -> new Holding(socket.fd(), typeName(socket.type()), way(socket)))
                .toList();
    }

    private Optional<Holding.Way> way(Socket socket) {
        List<Node> way = climb.way(socket.id());
        return root(way)
                .map(root -> new Holding.Way(
                        root.kind(),
                        root.type() == 0 ? "" : typeName(root.type()) + "." + names.orUnknown(root.field()),
                        root.thread() < 0 ? "" : threads.of(root.thread()),
                        stacks.call(root.thread(), root.frame()),
                        stacks.caller(root.thread(), root.frame()),
                        steps(way, socket)));
    }

    private static Optional<Root> root(List<Node> way) {
        return way.isEmpty() ? Optional.empty() : Optional.ofNullable(way.getFirst().root);
    }

    private List<Holding.Step> steps(List<Node> way, Socket socket) {
        List<Holding.Step> steps = new ArrayList<>();
        for (int i = 0; i < way.size(); i++) {
            Node node = way.get(i);
            long type = node.id == socket.id() ? socket.type() : node.type;
            steps.add(new Holding.Step(i == 0 ? "" : text(link(way, i)), typeName(type)));
        }
        return steps;
    }

    private static Link link(List<Node> way, int i) {
        Node holder = way.get(i - 1);
        return way.get(i).holders.stream()
                .filter(link -> link.holder().equals(holder))
                .findFirst()
                .orElseThrow();
    }

    private String text(Link link) {
        return link.index() < 0 ? "." + names.orUnknown(link.field()) : "[" + link.index() + "] of " + link.count();
    }

    private String typeName(long type) {
        return names.orUnknown(types.nameId(type)).replace('/', '.');
    }
}
