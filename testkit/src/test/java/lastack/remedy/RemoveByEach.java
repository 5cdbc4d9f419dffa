package lastack.remedy;

import java.util.Arrays;
import lastack.filter.Filter;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;

/**
 * For a process of its own: {@code FILTER MY_SESSION METHOD...} tries one method after the other on what matches and prints
 * a line for each result: {@code METHOD OUTCOME ERROR LACKS_PERMISSION why}.
 */
final class RemoveByEach {
    private RemoveByEach() {}

    public static void main(String[] arguments) throws Exception {
        Filter filter = Filter.parse(arguments[0]);
        boolean mySession = Boolean.parseBoolean(arguments[1]);
        for (String name : Arrays.asList(arguments).subList(2, arguments.length)) {
            remove(filter, mySession, Method.named(name).orElseThrow());
        }
    }

    private static void remove(Filter filter, boolean mySession, Method method) throws Exception {
        RemovalOptions gentle = RemovalOptions.GENTLE.by(method);
        RemovalOptions options = mySession ? gentle.touchingMySession() : gentle;
        try (SocketTable table = SocketTable.open()) {
            Remover remover = Remover.of(table, filter, options);
            Plan plan = remover.plan(table.snapshot(Query.of(filter)).sockets());
            remover.execute(plan, result -> print(method, result));
        }
    }

    static void print(Method method, Result result) {
        System.out.println(method.label() + " " + result.outcome().label() + " " + result.error() + " "
                + result.lacksPermission() + " " + result.why());
    }
}
