package lastack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
    @Test
    void theInitialUserNamespaceMapsEveryUserToItself() {
        assertThat(Doctor.mapsEveryUser("         0          0 4294967295\n")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "         0      65534          1\n",
                "         0     100000      65536\n",
                "         0       1000          1\n         1     100000      65536\n",
                ""
            })
    void anyOtherMapIsThatOfANamespaceInside(String uidMap) {
        assertThat(Doctor.mapsEveryUser(uidMap)).isFalse();
    }
}
