package lastack.diagnosis;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import lastack.kernel.process.FrozenGroup;
import lastack.model.Endpoint;
import lastack.model.NetNamespace;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.sockets.Namespaces;
import org.jspecify.annotations.Nullable;

/**
 * Advice with commands that can be pasted.
 *
 * @param socket about which socket
 * @param self the namespace lastack was started in; for any other, commands name it
 */
record Counsel(TcpSocket socket, NetNamespace self) {
    /** Above the ports most servers listen on. */
    static final int WIDE_FIRST_PORT = 10_240;

    /** {@code lastack COMMAND --netns X cookie = 1001}, and what else. */
    private String lastack(String command, String rest) {
        return "lastack " + command + netns() + " " + target(socket) + rest;
    }

    /** The words of a filter that mean exactly this socket. */
    static String target(TcpSocket socket) {
        return "cookie = " + socket.id().cookieHex();
    }

    private String netns() {
        NetNamespace there = socket.netns();
        return there.inode() == self.inode() ? "" : " --netns " + word(there);
    }

    /** A name that only a control group gave may mean several namespaces; its number means this one. */
    private static String word(NetNamespace namespace) {
        String name = Namespaces.isNamed(namespace) ? namespace.name() : null;
        return word(name == null ? Long.toString(namespace.inode()) : name);
    }

    /** The text as one word of a shell, whatever is in it. */
    static String word(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "_-.:/%@+,".indexOf(c) >= 0);
            if (!plain) {
                return "'" + text.replace("'", "'\\''") + "'";
            }
        }
        return text.isEmpty() ? "''" : text;
    }

    /** The command as it works in the socket's own namespace; null where there is no word for that. */
    private @Nullable String inNamespace(String command) {
        NetNamespace there = socket.netns();
        if (there.inode() == self.inode()) {
            return command;
        }
        if (!socket.owners().isEmpty()) {
            return "nsenter -t " + socket.owners().getFirst().pid() + " -n " + command;
        }
        return Namespaces.isNamed(there) ? "ip netns exec " + word(there) + " " + command : null;
    }

    Advice repairProgram(String action, String effect) {
        return new Advice(action, null, effect, "none; it takes a new version of the program");
    }

    Advice shutDown() {
        return new Advice(
                "end the connection, politely",
                lastack("close", " --by shutdown"),
                "the peer gets a FIN, the socket is gone once its kernel confirms; the descriptor stays open in the program",
                "the program gets EPIPE if it still writes to it");
    }

    Advice release() {
        return new Advice(
                "end it and release the descriptor too",
                lastack("close", " --free-fd"),
                "the socket is gone, /dev/null takes the descriptor's place",
                "a thread of the program is stopped for about a millisecond and made to do it");
    }

    Advice remove(String effect, String risk) {
        return new Advice("remove it now", lastack("close", ""), effect, risk);
    }

    Advice destroy(String risk) {
        return new Advice(
                "remove it now",
                lastack("close", " --by destroy"),
                "the kernel drops exactly this socket; what must be told to the peer is told by a RST",
                risk);
    }

    Advice resume(Owner owner) {
        return new Advice(
                "let " + owner.label() + " go on",
                "kill -CONT " + owner.pid(),
                "it runs again, and reads and closes by itself if it is able to",
                "somebody may have stopped it on purpose");
    }

    Advice thaw(Owner owner, FrozenGroup frozen) {
        return new Advice(
                "let the control group of " + owner.label() + " go on",
                thawCommand(owner, frozen),
                "all its processes run again, and read and close by themselves if they are able to",
                "somebody may have frozen it on purpose, for a snapshot or a backup");
    }

    /** The runtime that has paused a container must know that it runs again. */
    private static @Nullable String thawCommand(Owner owner, FrozenGroup frozen) {
        List<Path> switches = frozen.switches();
        if (switches.isEmpty()) {
            return null;
        }
        String container = owner.workload().container();
        String runtime = owner.workload().runtime();
        boolean its = container != null
                && switches.size() == 1
                && switches.getFirst().toString().contains(container);
        boolean pauses = "docker".equals(runtime) || "podman".equals(runtime);
        if (its && pauses) {
            return runtime + " unpause " + word(String.valueOf(container));
        }
        return "echo " + frozen.thaw() + " | tee "
                + switches.stream().map(path -> word(path.toString())).collect(Collectors.joining(" "));
    }

    Advice whereThreadsAre(Owner owner) {
        return new Advice(
                "see where the threads of " + owner.label() + " wait",
                "grep -H . /proc/" + owner.pid() + "/task/*/wchan",
                "names the kernel function each one sleeps in",
                "none");
    }

    Advice kernelsOwn() {
        return new Advice(
                "see whether it is the kernel's own",
                "grep -E ' (nfs4?|cifs|smb3|ceph|9p) ' /proc/mounts",
                "names what the kernel has mounted over the network",
                "none");
    }

    Advice lookAgain() {
        return new Advice(
                "take a second look", lastack("why", " --sample 10s"), "says what changed within ten seconds", "none");
    }

    Advice asRoot() {
        return new Advice("look as root", "sudo " + lastack("why", ""), "shows the processes of every user", "none");
    }

    Advice socketsOf(Owner owner) {
        return new Advice(
                "see which sockets " + owner.label() + " has",
                "lastack ls pid = " + owner.pid(),
                "shows a leak",
                "none");
    }

    Advice descriptorsOf(Owner owner) {
        return new Advice(
                "count its descriptors by kind",
                "ls -l /proc/" + owner.pid() + "/fd | awk '{print $NF}' | sed 's/:.*//' | sort | uniq -c",
                "shows what eats them: sockets, pipes, files",
                "none");
    }

    Advice raiseDescriptorLimit(Owner owner, long wanted, boolean allowed) {
        return new Advice(
                "give " + owner.label() + " more descriptors",
                "prlimit --pid " + owner.pid() + " --nofile=" + wanted + ":" + wanted,
                "it can accept and open again at once"
                        + (allowed ? "" : "; above its hard limit that needs CAP_SYS_RESOURCE"),
                "if it leaks descriptors it will be back at the limit later");
    }

    Advice whyOther(TcpSocket other) {
        Counsel there = new Counsel(other, self);
        return new Advice("ask about the other end", there.lastack("why", ""), "says why it does not move", "none");
    }

    Advice whyListener(TcpSocket listener) {
        Counsel there = new Counsel(listener, self);
        return new Advice("ask about the listener", there.lastack("why", ""), "says why it does not accept", "none");
    }

    Advice route() {
        return new Advice(
                "see which way packets to the peer go",
                inNamespace("ip route get "
                        + word(socket.peer().address().unmapped().toString())),
                "shows the interface and the gateway",
                "none");
    }

    Advice wait(String effect) {
        return new Advice("nothing has to be done", null, effect, "none");
    }

    Advice freePorts() {
        Endpoint peer = socket.peer();
        return new Advice(
                "free the ports that only wait",
                "lastack close" + netns() + " state time-wait dst " + quoted(peer),
                "each removed socket is a port that can be used again at once",
                "each one there at that moment is meant; a late segment of an old connection could disturb a new one on the"
                        + " same port");
    }

    Advice widenPorts() {
        return new Advice(
                "give the kernel more ports",
                inNamespace("sysctl -w net.ipv4.ip_local_port_range=\"" + WIDE_FIRST_PORT + " 65535\""),
                "new connections take from the wider range at once",
                "servers that listen in that range should stand in net.ipv4.ip_local_reserved_ports");
    }

    Advice freeLocalPort() {
        return new Advice(
                "free the port",
                "lastack close" + netns() + " state time-wait sport = :"
                        + socket.local().port(),
                "bind works at once",
                "each one there at that moment is meant; a late segment of an old connection could reach a new one between"
                        + " the same two ports");
    }

    private static String quoted(Endpoint end) {
        return word(new Endpoint(end.address().unmapped(), end.port()).toString());
    }
}
