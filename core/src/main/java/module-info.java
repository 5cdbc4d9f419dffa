/** Finds TCP sockets that linger, says who holds them, and removes them. Start at {@link lastack.sockets.SocketTable}. */
module lastack.core {
    requires static transitive org.jspecify;

    exports lastack.diagnosis;
    exports lastack.doctor;
    exports lastack.filter;
    exports lastack.forwarded;
    exports lastack.launch;
    exports lastack.live;
    exports lastack.model;
    exports lastack.options;
    exports lastack.ports;
    exports lastack.remedy;
    exports lastack.server;
    exports lastack.sockets;
    exports lastack.tuning;
}
