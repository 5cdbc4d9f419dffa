package lastack.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CrowdKernelTest {
    @Test
    void gathersAsManyAsAskedOverSeveralProcesses() {
        try (Namespace namespace = Namespace.open();
                Crowd crowd = Crowd.of(namespace, 9_500, 5_000)) {

            int count = crowd.count();

            assertThat(count).isEqualTo(9_500);
            assertThat(crowd.holders()).hasSize(2);
        }
    }

    @Test
    void leavesNoneWhenItGoes() {
        try (Namespace namespace = Namespace.open()) {

            Crowd crowd = Crowd.of(namespace, 500);
            crowd.close();

            assertThat(crowd.count()).isZero();
        }
    }
}
