package lastack.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;

/** The programs of other makers that these tests need, and the packages of Debian and Ubuntu they come in. */
enum Program {
    NC("netcat-openbsd"),
    REDIS_SERVER("redis-server"),
    NGINX("nginx-light"),
    PYTHON3("python3"),
    TMUX("tmux"),
    SETPRIV("util-linux"),
    UNSHARE("util-linux"),
    ZSH("zsh"),
    FISH("fish"),
    MANDOC("mandoc"),
    WATCH("procps"),
    LESS("less"),
    DPKG_DEB("dpkg"),
    GCC("gcc libc6-dev");

    private final String packages;

    Program(String packages) {
        this.packages = packages;
    }

    /** Its path; a test without its program fails, it is never skipped. */
    String path() {
        String name = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1)) {
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        throw new IllegalStateException("this test needs " + name + ": apt-get install " + packages);
    }
}
