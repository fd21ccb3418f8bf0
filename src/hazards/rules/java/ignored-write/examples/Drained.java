package examples.writes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

class Drained {
    private final NetSocket socket;

    void deliver(Buffer message) {
        socket.write(message); // bounded: writeQueueFull
        if (socket.writeQueueFull()) {
            source.pause();
            socket.drainHandler(ready -> source.resume());
        }
    }
}
