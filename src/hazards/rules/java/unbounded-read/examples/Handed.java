package examples.read;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.ByteStreams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.springframework.web.bind.annotation.GetMapping;

class Handed {
    private final ObjectMapper mapper = new ObjectMapper();
    private OrderRepository orderRepository;
    private static final long MAX_PICTURE = 1_000_000;

    Order order(HttpServletRequest request) throws IOException {
        return mapper.readValue(request.getInputStream(), Order.class); // want low: reads all there is
    }

    Order settings(InputStream stream) throws IOException {
        return mapper.readValue(stream, Order.class); // nothing
    }

    byte[] picture(Part part) throws IOException {
        return ByteStreams.toByteArray(part.getInputStream()); // want low: reads all there is
    }

    byte[] smallPicture(Part part) throws IOException {
        if (part.getSize() > MAX_PICTURE) throw new IOException("too large");
        return ByteStreams.toByteArray(part.getInputStream()); // nothing
    }

    byte[] entry(ZipFile zip, ZipEntry entry) throws IOException {
        return ByteStreams.toByteArray(zip.getInputStream(entry)); // want low: reads all there is
    }

    byte[] message(ServerSocket server) throws IOException {
        try (Socket socket = server.accept()) {
            return ByteStreams.toByteArray(socket.getInputStream()); // want low: reads all there is
        }
    }

    void uploadVideo(Path video) throws IOException {
        send(Files.readAllBytes(video)); // want low: reads all there is
    }

    byte[] key(Path path) throws IOException {
        return Files.readAllBytes(path); // nothing
    }

    @GetMapping("/orders")
    List<Order> orders() {
        return orderRepository.findAll(); // want low: reads all there is
    }

    @GetMapping("/orders/page")
    Page<Order> pageOfOrders(Pageable page) {
        return orderRepository.findAll(page); // nothing
    }

    List<Order> ordersAtStart() {
        return orderRepository.findAll(); // nothing
    }

    void send(byte[] bytes) {}

    record Order(String id) {}

    interface Page<T> {}

    interface Pageable {}

    interface OrderRepository {
        List<Order> findAll();

        Page<Order> findAll(Pageable page);
    }
}
