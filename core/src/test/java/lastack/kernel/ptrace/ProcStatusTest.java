package lastack.kernel.ptrace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProcStatusTest {
    @Test
    void readsTheLinesItNeeds() throws Exception {
        String text = """
                Name:	nginx
                Umask:	0022
                State:	D (disk sleep)
                TracerPid:	99
                Uid:	33	0	33	33
                Seccomp:	2
                Seccomp_filters:	1
                """;

        ProcStatus status = ProcStatus.parse(text);

        assertThat(status).isEqualTo(new ProcStatus("nginx", "D (disk sleep)", 99, 33, 2));
        assertThat(status.ended()).isFalse();
    }

    @Test
    void worksWithoutSeccompInTheKernel() throws Exception {
        ProcStatus status = ProcStatus.parse("Name:\ta\nState:\tZ (zombie)\nTracerPid:\t0\nUid:\t0\t0\t0\t0\n");

        assertThat(status.seccomp()).isZero();
        assertThat(status.ended()).isTrue();
    }
}
