/** The command line. */
module lastack.cli {
    requires static org.jspecify;
    requires com.google.gson;
    requires info.picocli;
    requires HdrHistogram;
    requires lastack.core;

    opens lastack.cli to
            info.picocli;
}
