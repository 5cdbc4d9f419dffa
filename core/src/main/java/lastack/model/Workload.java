package lastack.model;

import org.jspecify.annotations.Nullable;

/**
 * What a process belongs to, as the path of its control group tells.
 *
 * @param runtime what made the container: docker, containerd, cri-o, podman, lxc or nspawn; null where there is none, or where the path gives nothing but an id
 * @param container the container's id (64 hex digits) or name, or null
 * @param pod the uid of the Kubernetes pod, or null
 * @param unit the innermost systemd service, such as {@code nginx.service}, or null
 */
public record Workload(
        @Nullable String runtime,
        @Nullable String container,
        @Nullable String pod,
        @Nullable String unit) {
    /** Nothing that its control group would tell. */
    public static final Workload NONE = new Workload(null, null, null, null);

    private static final int ID_LENGTH = 64;
    private static final int SHORT_ID = 12;

    /** The pod, the first digits of the container, or the service, whichever says most; null for {@link #NONE}. */
    public @Nullable String label() {
        if (pod != null) {
            return pod;
        }
        if (container != null) {
            return container.length() == ID_LENGTH ? container.substring(0, SHORT_ID) : container;
        }
        return unit;
    }

    /** Whether a user may mean it by this name: the container's name or at least the first digits of its id, the pod, the service. */
    public boolean isCalled(String name) {
        boolean container = this.container != null
                && (this.container.equals(name) || (name.length() >= SHORT_ID / 2 && this.container.startsWith(name)));
        return container || name.equals(pod) || name.equals(unit);
    }
}
