package lastack.sockets;

import lastack.model.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code /proc/PID/cgroup} (cgroups(7)): lines of {@code number:controllers:path}, where the names in the path are those
 * the container runtimes and systemd give.
 *
 * <pre>
 * /system.slice/docker-ID.scope                                                     docker, systemd driver
 * /docker/ID                                                                        docker, cgroupfs driver
 * /system.slice/nerdctl-ID.scope                                                    containerd by nerdctl
 * /kubepods.slice/kubepods-burstable-podUID.slice/cri-containerd-ID.scope           containerd under Kubernetes
 * /kubepods/burstable/podUID/ID                                                     the same, cgroupfs driver
 * /system.slice/containerd.service/kubepods-podUID.slice:cri-containerd:ID          the same, the drivers do not agree
 * /kubepods.slice/kubepods-podUID.slice/crio-ID.scope/container                     cri-o
 * /machine.slice/libpod-ID.scope/container                                          podman
 * /system.slice/web.service/libpod-payload-ID                                       podman, within a service
 * /lxc.payload.NAME/system.slice/nginx.service                                      a service in an lxc container
 * /machine.slice/systemd-nspawn@NAME.service/payload                                systemd-nspawn
 * /../ID                                                                            a neighbour, seen from inside a container
 * </pre>
 */
final class CgroupMembership {
    private static final int ID_LENGTH = 64;
    /** Of a pod of the API server, and of one the kubelet has from a file. */
    private static final int[] UID_LENGTHS = {36, 32};

    private static final String POD = "pod";
    private static final String SCOPE = ".scope";
    private static final String SERVICE = ".service";
    private static final String NSPAWN = "systemd-nspawn@";

    private @Nullable String runtime;
    private @Nullable String container;
    private @Nullable String pod;
    private @Nullable String unit;

    private CgroupMembership() {}

    /** What the process belongs to. With cgroup v1 every hierarchy has a line, and any of them may tell. */
    static Workload read(String cgroup) {
        CgroupMembership found = new CgroupMembership();
        for (String line : cgroup.split("\n", -1)) {
            int path = line.indexOf(':', line.indexOf(':') + 1) + 1;
            found.follow(line.substring(path));
        }
        return new Workload(found.runtime, found.container, found.pod, found.unit);
    }

    private void follow(String path) {
        String parent = "";
        for (String directory : path.split("/", -1)) {
            for (String name : directory.split(":", -1)) {
                read(name, parent);
                parent = name;
            }
        }
    }

    private void read(String name, String parent) {
        if (name.endsWith(SERVICE)) {
            unit = name;
        }
        readPod(name);
        readContainer(name, parent);
    }

    /** {@code kubepods-burstable-podUID.slice} with low lines, or {@code podUID} with hyphens. */
    private void readPod(String name) {
        String bare = name.endsWith(".slice") ? name.substring(0, name.length() - ".slice".length()) : name;
        for (int length : UID_LENGTHS) {
            int start = bare.length() - length;
            if (start >= POD.length() && bare.startsWith(POD, start - POD.length())) {
                pod = bare.substring(start).replace('_', '-');
            }
        }
    }

    private void readContainer(String name, String parent) {
        String bare = name.endsWith(SCOPE) ? name.substring(0, name.length() - SCOPE.length()) : name;
        if (bare.startsWith("lxc.payload.")) {
            inside("lxc", bare.substring("lxc.payload.".length()));
        } else if (bare.startsWith("machine-") && !bare.startsWith("machine-qemu")) {
            inside("nspawn", unescaped(bare.substring("machine-".length())));
        } else if (bare.startsWith(NSPAWN) && bare.endsWith(SERVICE)) {
            inside("nspawn", unescaped(bare.substring(NSPAWN.length(), bare.length() - SERVICE.length())));
        } else if (parent.equals("lxc") && !bare.isEmpty()) {
            inside("lxc", bare);
        } else if (endsInId(bare)) {
            int start = bare.length() - ID_LENGTH;
            readPrefixed(bare.substring(0, start), bare.substring(start), parent);
        }
    }

    /** The monitor beside a container ({@code conmon}) carries its id too, but is not inside. */
    private void readPrefixed(String prefix, String id, String parent) {
        switch (prefix) {
            case "docker-" -> inside("docker", id);
            case "cri-containerd-", "nerdctl-" -> inside("containerd", id);
            case "crio-" -> inside("cri-o", id);
            case "libpod-", "libpod-payload-" -> inside("podman", id);
            case "" -> inside(runtimeBySlice(parent), id);
            default -> {
                if (!prefix.endsWith("conmon-")) {
                    inside(null, id);
                }
            }
        }
    }

    private static @Nullable String runtimeBySlice(String parent) {
        return switch (parent) {
            case "docker" -> "docker";
            case "cri-containerd", "k8s.io" -> "containerd";
            case "crio" -> "cri-o";
            case "libpod" -> "podman";
            default -> null;
        };
    }

    /** systemd writes a hyphen within a name as {@code \x2d} (systemd.unit(5)). */
    private static String unescaped(String name) {
        return name.replace("\\x2d", "-");
    }

    private void inside(@Nullable String by, String id) {
        runtime = by != null ? by : runtime;
        container = id;
        unit = null;
    }

    private static boolean endsInId(String name) {
        for (int at = name.length() - ID_LENGTH; at < name.length(); at++) {
            if (at < 0 || Character.digit(name.charAt(at), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
