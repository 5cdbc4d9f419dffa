package lastack.live;

import lastack.kernel.trace.StateSample;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;

/** Samples of one socket, 127.0.0.1:1000 to 127.0.0.1:80 unless said otherwise. */
final class Samples {
    private static final IpAddress LOOPBACK = IpAddress.v4(0x7F000001);

    private final long socket;
    private long time;
    private int localPort = 1000;

    private Samples(long socket) {
        this.socket = socket;
    }

    static Samples of(long socket) {
        return new Samples(socket);
    }

    Samples at(long nanos) {
        time = nanos;
        return this;
    }

    Samples from(int port) {
        localPort = port;
        return this;
    }

    StateSample change(int from, int to) {
        return new StateSample(
                time, 1, socket, from, to, Family.INET, new Endpoint(LOOPBACK, localPort), new Endpoint(LOOPBACK, 80));
    }
}
