package lastack.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProcessDescriptionTest {
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
    void readsTheInnermostPid() {
        assertThat(ProcessDescription.pidInside("Name:\tnc\nNSpid:\t4711\t17\t3\nNSpgid:\t1\n", 4711))
                .isEqualTo(3);
        assertThat(ProcessDescription.pidInside("Name:\tnc\nNSpid:\t4711\n", 4711))
                .isEqualTo(4711);
        assertThat(ProcessDescription.pidInside("Name:\tnc\n", 4711)).isEqualTo(4711);
    }

    @Test
    void describesNoProcessThatHasEnded() {
        assertThat(ProcessDescription.read(Integer.MAX_VALUE, Users.ofThisHost()))
                .isEmpty();
    }
}
