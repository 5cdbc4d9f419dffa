package lastack.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What stands below the options in the help of a command, taken apart.
 *
 * @param paragraphs in their order
 */
public record HelpText(List<Paragraph> paragraphs) {
    private static final String EXIT_CODES = "Exit codes: ";

    /**
     * Lines that belong together.
     *
     * @param title a line with a colon at its end, without that, or nothing
     * @param lines indented ones are shown as they are, others are text
     */
    public record Paragraph(String title, List<String> lines) {
        boolean isLiteral() {
            return lines.getFirst().startsWith("  ");
        }

        /** Whether it is worth a section of its own, such as Examples. */
        boolean isSection() {
            return !title.isEmpty() && !title.contains(" ");
        }
    }

    /** That of a command. */
    public static HelpText of(CommandSpec command) {
        List<Paragraph> paragraphs = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : command.usageMessage().footer()) {
            if (line.isEmpty() || line.startsWith(EXIT_CODES)) {
                flush(block, paragraphs);
            }
            if (!line.isEmpty()) {
                block.add(line);
            }
        }
        flush(block, paragraphs);
        return new HelpText(paragraphs);
    }

    private static void flush(List<String> block, List<Paragraph> paragraphs) {
        if (!block.isEmpty()) {
            paragraphs.add(paragraph(List.copyOf(block)));
            block.clear();
        }
    }

    private static Paragraph paragraph(List<String> block) {
        String first = block.getFirst();
        if (first.startsWith(EXIT_CODES)) {
            Stream<String> codes = Stream.of(first.substring(EXIT_CODES.length()));
            return new Paragraph(
                    "Exit status", Stream.concat(codes, block.stream().skip(1)).toList());
        }
        boolean titled = first.endsWith(":") && block.size() > 1;
        return titled
                ? new Paragraph(first.replaceFirst(":$", ""), block.subList(1, block.size()))
                : new Paragraph("", block);
    }

    /** The command lines shown as examples, without what explains them. */
    public List<String> examples() {
        return paragraphs.stream()
                .filter(paragraph -> paragraph.title().equals("Examples"))
                .flatMap(paragraph -> paragraph.lines().stream())
                .map(line -> line.replaceFirst("\\s+(#|\\(on ).*", "").strip())
                .toList();
    }
}
