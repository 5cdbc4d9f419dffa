package lastack.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lastack.cli.print.DiagnosisPrinter;
import lastack.cli.print.Output;
import lastack.cli.print.Terminal;
import lastack.cli.tui.Acts;
import lastack.cli.tui.Mark;
import lastack.diagnosis.Investigation;
import lastack.diagnosis.Report;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.remedy.RemovalOptions;
import lastack.remedy.Result;
import lastack.sockets.Namespaces;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.sockets.SocketTables;

/** What {@code why} and {@code close} do, for the full-screen view. */
final class WatchActs implements Acts {
    private final ScopeOptions scope;

    WatchActs(ScopeOptions scope) {
        this.scope = scope;
    }

    @Override
    public Filter filter(String text) throws FilterSyntaxException, UnavailableException {
        return FilterWords.parse(scope.netns(), text.isEmpty() ? List.of() : List.of(text));
    }

    @Override
    public List<String> explain(TcpSocket socket, int columns) throws UnavailableException {
        try (SocketTables tables = open(socket.netns().inode())) {
            Query query =
                    Query.of(exactly(socket)).ofFamilies(Set.of(socket.id().family()));
            Report report = Investigation.in(tables).of(query);
            if (report.matched() == 0) {
                return List.of("it is gone");
            }
            Terminal terminal = new Terminal(false, true, columns, true);
            return text(out ->
                    DiagnosisPrinter.text(out, terminal, Terminal.Colour.never).print(report));
        }
    }

    private static Filter exactly(TcpSocket socket) {
        try {
            return Filter.parse("cookie = " + socket.id().cookieHex());
        } catch (FilterSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One's own is opened without privilege. */
    private static SocketTables open(long netns) throws UnavailableException {
        return SocketTables.open(Namespaces.self().inode() == netns ? "self" : Long.toString(netns));
    }

    @Override
    public Intent plan(Filter filter, Set<Mark> sockets) throws UnavailableException {
        Map<Long, Set<Long>> cookies = new LinkedHashMap<>();
        for (Mark mark : sockets) {
            cookies.computeIfAbsent(mark.netns(), key -> new HashSet<>()).add(mark.cookie());
        }
        ClosingIntent intent = new ClosingIntent();
        try {
            for (Map.Entry<Long, Set<Long>> some : cookies.entrySet()) {
                intent.add(open(some.getKey()), filter, scope, some.getValue());
            }
            return intent;
        } catch (UnavailableException e) {
            intent.close();
            throw e;
        }
    }

    static List<String> text(Consumer<Output> printing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output out = new Output(bytes)) {
            printing.accept(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** A campaign against sockets that were picked one by one; each must still be in the state it was shown in when it is acted on. */
    private static final class ClosingIntent implements Intent {
        private final List<SocketTables> opened = new ArrayList<>();
        private final Map<SocketTable, List<TcpSocket>> picked = new LinkedHashMap<>();
        private final Campaign campaign = new Campaign(new Matches(picked, new ArrayList<>()), Integer.MAX_VALUE);

        void add(SocketTables tables, Filter filter, ScopeOptions scope, Set<Long> cookies)
                throws UnavailableException {
            opened.add(tables);
            Matches matches = Matches.of(tables, filter, scope.families());
            for (Map.Entry<SocketTable, List<TcpSocket>> found :
                    matches.sockets().entrySet()) {
                List<TcpSocket> chosen = found.getValue().stream()
                        .filter(socket -> cookies.contains(socket.cookie()))
                        .toList();
                picked.put(found.getKey(), chosen);
                Map<TcpState, List<TcpSocket>> byState = chosen.stream()
                        .collect(Collectors.groupingBy(TcpSocket::state, LinkedHashMap::new, Collectors.toList()));
                byState.forEach((state, sockets) ->
                        campaign.add(found.getKey(), sockets, filter.inState(state), RemovalOptions.GENTLE));
            }
        }

        @Override
        public List<String> preview() {
            List<Result> preview = campaign.preview();
            return preview.isEmpty()
                    ? List.of("none of them is there any more, or matches the filter")
                    : text(out -> campaign.print(preview, out, ReportFormat.table));
        }

        @Override
        public int actionable() {
            return campaign.actionable();
        }

        @Override
        public List<String> carryOut() throws UnavailableException {
            List<Result> results = new ArrayList<>();
            campaign.execute(results::add);
            return text(out -> campaign.print(results, out, ReportFormat.table));
        }

        @Override
        public void close() {
            opened.forEach(SocketTables::close);
        }
    }
}
