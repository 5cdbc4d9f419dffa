package lastack.filter;

import java.nio.file.Path;
import java.util.StringTokenizer;
import lastack.host.TextFile;

/** Finds TCP services in {@code /etc/services}: {@code name port/protocol alias...}. */
final class ServiceNames {
    private ServiceNames() {}

    /** The port, or -1. */
    static int port(Path file, String service) {
        for (String line : TextFile.lines(file)) {
            if (line.contains(service)) {
                int port = portIn(line, service);
                if (port >= 0) {
                    return port;
                }
            }
        }
        return -1;
    }

    private static int portIn(String line, String service) {
        int comment = line.indexOf('#');
        StringTokenizer fields = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
        if (fields.countTokens() < 2) {
            return -1;
        }
        boolean named = fields.nextToken().equals(service);
        String port = fields.nextToken();
        while (!named && fields.hasMoreTokens()) {
            named = fields.nextToken().equals(service);
        }
        boolean tcp = port.endsWith("/tcp");
        return named && tcp ? (int) Numeral.decimal(port.substring(0, port.length() - "/tcp".length())) : -1;
    }
}
