package examples.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;

class Lines {
    void serve(ServerSocket server) throws IOException {
        Socket socket = server.accept();
        BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        handle(reader.readLine()); // want low: reads all there is
    }

    void serveBytes(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        BufferedReader commands = new BufferedReader(new InputStreamReader(in));
        String line;
        while ((line = commands.readLine()) != null) { // want low: reads all there is
            handle(line);
        }
    }

    void serveShort(Socket client) throws IOException {
        ShortLines lines = new ShortLines(client.getInputStream(), 512);
        handle(lines.readLine()); // nothing: a reader of its own
    }

    String setting() throws IOException {
        BufferedReader settings = new BufferedReader(new InputStreamReader(Lines.class.getResourceAsStream("a")));
        return settings.readLine(); // nothing
    }

    private void handle(String line) {
        System.out.println(line);
    }
}

class ShortLines {
    private final InputStream in;
    private final int longest;

    ShortLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    String readLine() throws IOException {
        return new String(in.readNBytes(longest));
    }
}
