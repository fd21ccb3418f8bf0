package examples.spawn;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

class Accepted {
    private final ServerSocket server;

    Accepted(ServerSocket server) {
        this.server = server;
    }

    void run() throws IOException {
        while (true) {
            new Connection(server.accept());
        }
    }

    class Connection implements Runnable {
        private final Socket socket;

        Connection(Socket socket) {
            this.socket = socket;
            new Thread(this).start(); // want low: one task per connection
        }

        @Override
        public void run() {}
    }

    class Monitor implements Runnable {
        Monitor() {
            new Thread(this).start(); // nothing
        }

        @Override
        public void run() {}
    }
}
