package examples.forwarded;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;

class LocalAccept {
    void accepting(ServerSocket server) throws IOException {
        while (true) {
            Forwarder forward = null;
            Socket socket = server.accept();
            forward = new Forwarder(socket);
            forward.setDaemon(true);
            forward.start(); // want low: one task per connection
        }
    }

    void limited(ServerSocket server, Semaphore room) throws IOException, InterruptedException {
        while (true) {
            room.acquire();
            Socket socket = server.accept();
            Forwarder guarded = new Forwarder(socket);
            guarded.setDaemon(true);
            guarded.start(); // bounded: permit
        }
    }

    void play(Forwarder song) {
        song.start(); // nothing
    }
}

class Relay extends Thread {
    @Override
    public void run() {
        System.out.println(getName());
    }
}

class Forwarder extends Relay {
    private final Socket socket;

    Forwarder(Socket socket) {
        this.socket = socket;
    }
}
