package examples.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

class OwnService {
    String status() throws IOException {
        Socket socket = new Socket("localhost", 2181);
        BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        return reader.readLine(); // nothing: the service that it is made for
    }
}
