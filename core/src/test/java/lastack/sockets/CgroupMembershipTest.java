package lastack.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import lastack.model.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as the runtimes make them, with cgroup v1 and v2 and both of their drivers. */
final class CgroupMembershipTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String UID = "6f3c1b52-5d5f-4a43-9d0e-0c2f5f3a9b11";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "0::/system.slice/docker-ID.scope | docker",
                "0::/docker/ID | docker",
                "12:pids:/docker/ID\\n0::/ | docker",
                "5:memory:/docker/ID\\n1:name=systemd:/docker/ID | docker",
                "0::/system.slice/docker-ID.scope/init.scope | docker",
                "0::/machine.slice/libpod-ID.scope/container | podman",
                "0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope/container | podman",
                "0::/../../docker/ID | docker",
                "0::/../docker-ID.scope | docker",
                "0::/../ID | -",
                "0::/user.slice/user-1000.slice/user@1000.service/user.slice/docker-ID.scope | docker",
                "0::/docker/OUTER/docker/ID | docker",
                "0::/system.slice/docker-OUTER.scope/docker/ID | docker",
                "0::/system.slice/docker-OUTER.scope/system.slice/containerd.service/k8s.io/ID | containerd",
                "3:cpu,cpuacct:/system.slice/docker-ID.scope\\n1:name=systemd:/system.slice/docker-ID.scope\\n0::/ | docker",
                "0::/system.slice/nerdctl-ID.scope | containerd",
                "0::/k8s.io/ID | containerd",
                "0::/default/ID | -",
                "0::/machine.slice/libpod-ID.scope | podman",
                "0::/libpod_parent/libpod-ID | podman",
                "0::/user.slice/user-1000.slice/user@1000.service/user.slice/podman-77.scope/libpod_parent/libpod-ID | podman",
                "0::/system.slice/web.service/libpod-payload-ID | podman",
                "11:memory:/machine.slice/libpod-ID.scope\\n0::/machine.slice/libpod-ID.scope/container | podman",
                "0::/machine.slice/crio-ID.scope/container | cri-o",
                "0::/ecs/0123456789abcdef0123456789abcdef/ID | -",
                "0::/some/ID | -",
            })
    void namesTheContainerAndItsRuntime(String cgroup, String runtime) {
        Workload workload = CgroupMembership.read(lines(cgroup));

        assertThat(workload).isEqualTo(new Workload(runtime, ID, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podLOW.slice/cri-containerd-ID.scope, containerd",
        "0::/kubepods.slice/kubepods-podLOW.slice/crio-ID.scope, cri-o",
        "0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podLOW.slice/docker-ID.scope, docker",
        "0::/kubepods/burstable/podUID/ID,",
        "9:cpu:/kubepods/podUID/ID,",
        "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podLOW.slice/crio-ID.scope/container, cri-o",
        "0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podLOW.slice/cri-containerd-ID.scope, containerd",
        "0::/kubepods.slice/kubepods-podLOW.slice/cri-containerd-ID.scope/system.slice/inner.scope, containerd",
        "0::/kubepods/besteffort/podUID/ID,",
        "11:memory:/kubepods/burstable/podUID/crio-ID, cri-o",
        "0::/system.slice/containerd.service/kubepods-burstable-podLOW.slice:cri-containerd:ID, containerd",
        "0::/kubepods-podLOW.slice:crio:ID, cri-o",
        "0::/docker/OUTER/kubelet/kubepods/burstable/podUID/ID, docker",
        "0::/docker/OUTER/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podLOW.slice/cri-containerd-ID.scope, containerd",
        "0::/../kubepods-podLOW.slice/cri-containerd-ID.scope, containerd",
        "0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podLOW.slice/cri-containerd-ID.scope, containerd"
    })
    void namesThePod(String cgroup, String runtime) {
        Workload workload = CgroupMembership.read(lines(cgroup));

        assertThat(workload).isEqualTo(new Workload(runtime, ID, UID, null));
    }

    /** Of a pod from a file on the node the uid is a hash. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podHASH.slice/cri-containerd-ID.scope",
                "0::/kubepods/burstable/podHASH/ID"
            })
    void namesAStaticPod(String cgroup) {
        String hash = "0123456789abcdef".repeat(2);

        assertThat(CgroupMembership.read(lines(cgroup.replace("HASH", hash))).pod())
                .isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "0::/lxc.payload.web, lxc, web",
        "11:memory:/lxc/web, lxc, web",
        "0::/machine.slice/machine-web\\x2d1.scope/payload, nspawn, web-1",
        "0::/machine.slice/systemd-nspawn@web.service/payload, nspawn, web",
    })
    void namesAContainerThatHasNoNumber(String cgroup, String runtime, String name) {
        assertThat(CgroupMembership.read(lines(cgroup))).isEqualTo(new Workload(runtime, name, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "0::/system.slice/nginx.service/worker, nginx.service",
        "0::/system.slice/nginx.service, nginx.service",
        "0::/system.slice/system-getty.slice/getty@tty1.service, getty@tty1.service",
        "0::/user.slice/user-1000.slice/user@1000.service/app.slice/syncthing.service, syncthing.service",
        "1:name=systemd:/system.slice/cron.service, cron.service",
    })
    void namesTheInnermostService(String cgroup, String unit) {
        assertThat(CgroupMembership.read(cgroup + "\n")).isEqualTo(new Workload(null, null, null, unit));
    }

    @Test
    void namesAServiceInsideAContainer() {
        assertThat(CgroupMembership.read("0::/lxc.payload.web/system.slice/nginx.service\n"))
                .isEqualTo(new Workload("lxc", "web", null, "nginx.service"));
        assertThat(CgroupMembership.read("0::/machine.slice/machine-db.scope/payload/system.slice/redis.service\n"))
                .isEqualTo(new Workload("nspawn", "db", null, "redis.service"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0::/",
                "0::/user.slice/user-1000.slice/session-1.scope",
                "0::/docker/0123abcd",
                "0::/init.scope",
                "0::/../..",
                "0::/user.slice/user-1000.slice/session-1.scope",
                "0::/system.slice",
                "0::/lxc.monitor.web",
                "0::/system.slice/run-u12.scope",
                "0::/kubepods.slice/kubepods-pod1.slice",
                "0::/machine.slice/machine-qemu\\x2d1\\x2dvm.scope",
                "0::/machine.slice/libpod-conmon-ID.scope",
                "0::/kubepods.slice/crio-conmon-ID.scope",
                "nonsense"
            })
    void namesNothingElse(String cgroup) {
        assertThat(CgroupMembership.read(lines(cgroup))).isEqualTo(Workload.NONE);
    }

    private static String lines(String template) {
        return template.replace("podUID", "podHIGH")
                        .replace("OUTER", "e".repeat(64))
                        .replace("ID", ID)
                        .replace("HIGH", UID)
                        .replace("LOW", UID.replace('-', '_'))
                        .replace("\\n", "\n")
                + "\n";
    }
}
