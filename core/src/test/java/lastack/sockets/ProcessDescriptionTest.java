package lastack.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessDescriptionTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0::/docker/%s\n",
                "0::/system.slice/docker-%s.scope\n",
                "0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-%s.scope\n",
                "12:pids:/docker/%s\n0::/\n",
                "0::/machine.slice/libpod-%s.scope/container"
            })
    void findsTheContainerInTheCgroupPath(String cgroup) {
        assertThat(ProcessDescription.containerId(cgroup.formatted(ID))).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0::/\n", "0::/user.slice/user-1000.slice/session-1.scope\n", "0::/docker/0123abcd\n"})
    void findsNoneElsewhere(String cgroup) {
        assertThat(ProcessDescription.containerId(cgroup)).isNull();
    }

    @Test
    void describesThisProcess() {
        int pid = (int) ProcessHandle.current().pid();

        ProcessDescription own =
                ProcessDescription.read(pid, Users.ofThisHost()).orElseThrow();

        assertThat(own.jvm()).isTrue();
        assertThat(own.cmdline()).contains("java");
        assertThat(own.holding(3).label()).isEqualTo(own.comm() + "[" + pid + "]");
    }

    @Test
    void describesNoProcessThatHasEnded() {
        assertThat(ProcessDescription.read(Integer.MAX_VALUE, Users.ofThisHost()))
                .isEmpty();
    }
}
