package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./package} makes of the jar of this build, installed and used where there is no Java. */
final class PackageIT {
    @TempDir
    private static Path packages;

    @BeforeAll
    static void pack() {
        pack(packages);
    }

    private static void pack(Path into) {
        finish("./package", "--jar", "cli/target/lastack.jar", "--into", into.toString());
    }

    private static Path made(String ending) {
        try (Stream<Path> files = Files.list(packages)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program in the root of this checkout and hands back what it said. */
    private static String finish(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Launcher.HOME.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void bothAreInstalledUsedAndRemovedWithoutJava() {
        String said = finish("scripts/try-package", "--here", packages.toString());

        assertThat(said.lines()).hasSizeGreaterThan(25).allMatch(line -> line.startsWith("ok "));
    }

    @Test
    void packedAgainTheyAreTheSame(@TempDir Path again) throws IOException {
        pack(again);

        assertThat(again.resolve("SHA256SUMS")).hasSameTextualContentAs(packages.resolve("SHA256SUMS"));
        assertThat(Files.readAllLines(again.resolve("SHA256SUMS"))).hasSize(3);
    }

    @Test
    void theChecksumsAreThoseOfTheFiles() {
        finish("sh", "-c", "cd '" + packages + "' && sha256sum --check SHA256SUMS");
    }

    @Test
    void theBillOfMaterialsNamesWhatIsInside() throws IOException {
        JsonObject bill = new Gson().fromJson(Files.readString(made(".cdx.json")), JsonObject.class);

        List<String> names = new ArrayList<>();
        for (JsonElement component : bill.getAsJsonArray("components")) {
            names.add(component.getAsJsonObject().get("name").getAsString());
        }

        assertThat(bill.get("bomFormat").getAsString()).isEqualTo("CycloneDX");
        assertThat(names).contains("openjdk", "picocli", "gson", "lastack-core");
    }

    @Test
    void theManualPagesAreWithoutMistakes(@TempDir Path folder) {
        finish("dpkg-deb", "-x", made(".deb").toString(), folder.toString());

        String said = finish(
                "sh",
                "-c",
                "find '" + folder + "/usr/share/man' -name '*.gz' -exec gunzip {} + ; find '" + folder
                        + "/usr/share/man' -type f -exec " + Program.MANDOC.path() + " -Tlint -Wstyle {} +");

        assertThat(said).isEmpty();
    }
}
