package examples.read;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import okhttp3.Response;
import redis.clients.jedis.Jedis;

class Libraries {
    String page(HttpClient client, String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(java.net.URI.create(url)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body(); // want low: reads all there is
    }

    String ownService(HttpClient client) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(java.net.URI.create("https://example.com/login")).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body(); // nothing
    }

    String fetched(okhttp3.Call call, String url) throws IOException {
        Response response = call.execute();
        return response.body().string(); // want low: reads all there is
    }

    List<String> waiting(Jedis jedis, String queue) {
        return jedis.lrange(queue, 0, -1); // want low: reads all there is
    }

    List<String> firstOnes(Jedis jedis, String queue) {
        return jedis.lrange(queue, 0, 99); // nothing
    }

    Set<String> sessions(Jedis jedis, String prefix) {
        return jedis.keys(prefix + "*"); // want low: reads all there is
    }

    void serve(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpObjectAggregator(Integer.MAX_VALUE)); // want low: reads all there is
        pipeline.addLast(new HttpObjectAggregator(65536)); // nothing
    }

    byte[] frame(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = in.readInt();
        byte[] frame = new byte[length]; // want low: reads all there is
        in.readFully(frame);
        return frame;
    }

    byte[] shortFrame(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = in.readInt();
        if (length > 4096) {
            throw new IOException("too long");
        }
        byte[] frame = new byte[length]; // nothing
        in.readFully(frame);
        return frame;
    }
}

class FrameDecoder extends ByteToMessageDecoder {
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        in.markReaderIndex();
        int length = in.readInt();
        if (in.readableBytes() < length) {
            in.resetReaderIndex();
            return;
        }
        byte[] frame = new byte[length]; // want low: reads all there is
        in.readBytes(frame);
        out.add(frame);
    }
}

class SessionRegistry {
    Set<String> nodes(Jedis jedis, String root) {
        return jedis.keys(root + "*"); // nothing: the nodes of the program
    }
}
