package lastack.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command
final class DoctorCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
