package examples.writes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;

class Drained {
    private final NetSocket socket;
    private final ReadStream<Buffer> source;

    Drained(NetSocket socket, ReadStream<Buffer> source) {
        this.socket = socket;
        this.source = source;
    }

    void deliver(Buffer message) {
        socket.write(message); // bounded: writeQueueFull
        if (socket.writeQueueFull()) {
            source.pause();
            socket.drainHandler(ready -> source.resume());
        }
    }
}
