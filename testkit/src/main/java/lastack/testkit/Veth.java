package lastack.testkit;

/** A cable between two namespaces: {@code 10.77.SUBNET.1} and {@code fd77:0:0:SUBNET::1} here, {@code .2} and {@code ::2} there. */
public final class Veth {
    private Veth() {}

    /**
     * Plugs a cable in.
     *
     * @param subnet 0 to 255; each cable of a namespace needs its own
     */
    public static void connect(Namespace here, Namespace there, int subnet) {
        String near = "veth" + subnet + "a";
        String far = "veth" + subnet + "b";
        String farSide = there.path().toString();
        here.exec("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", farSide);
        plug(here, near, subnet, 1);
        plug(there, far, subnet, 2);
    }

    private static void plug(Namespace namespace, String device, int subnet, int end) {
        namespace.unplugAtEnd(device);
        namespace.exec("ip", "addr", "add", v4(subnet, end) + "/24", "dev", device);
        namespace.exec("ip", "addr", "add", v6(subnet, end) + "/64", "dev", device, "nodad");
        namespace.exec("ip", "link", "set", device, "up");
    }

    /** The IPv4 address of an end, 1 or 2. */
    public static String v4(int subnet, int end) {
        return "10.77." + subnet + "." + end;
    }

    /** The IPv6 address of an end, 1 or 2. */
    public static String v6(int subnet, int end) {
        return "fd77:0:0:" + Integer.toHexString(subnet) + "::" + end;
    }
}
