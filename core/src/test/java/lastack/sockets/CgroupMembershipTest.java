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
        "0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podLOW.slice/cri-containerd-ID.scope, containerd"
    })
    void namesThePod(String cgroup, String runtime) {
        Workload workload = CgroupMembership.read(lines(cgroup));

        assertThat(workload).isEqualTo(new Workload(runtime, ID, UID, null));
    }

    @ParameterizedTest
    @CsvSource({
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
                        .replace("ID", ID)
                        .replace("HIGH", UID)
                        .replace("LOW", UID.replace('-', '_'))
                        .replace("\\n", "\n")
                + "\n";
    }
}
