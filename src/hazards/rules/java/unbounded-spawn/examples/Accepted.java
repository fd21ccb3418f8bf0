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

    void serve() throws IOException {
        while (true) {
            Socket socket = server.accept();
            new Client(socket).start(); // want low: one task per connection
        }
    }

    void serveByVariable() throws IOException {
        while (true) {
            Client client = new Client(server.accept());
            client.start(); // want low: one task per connection
        }
    }

    public void handle(Socket socket) {
        new Client(socket).start(); // want low: one task per connection
    }

    public void connect(String address) {
        Client pinging = new Client(null);
        pinging.start(); // nothing
    }

    static class Client extends Thread {
        private final Socket socket;

        Client(Socket socket) {
            this.socket = socket;
        }
    }

    class Monitor implements Runnable {
        Monitor() {
            new Thread(this).start(); // nothing
        }

        @Override
        public void run() {}
    }
}
