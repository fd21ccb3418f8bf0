package examples.writes;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

class Deliveries {
    private final Channel channel;

    Deliveries(Channel channel) {
        this.channel = channel;
    }

    void deliver(ByteBuf price) {
        channel.writeAndFlush(price); // want low: written per call, nobody asks for room
    }

    void commit(ByteBuf end) {
        channel.writeAndFlush(end); // nothing: it does not send what comes
    }

    void sendRequest(ByteBuf asked) {
        channel.writeAndFlush(asked); // nothing: who asks waits for the answer
    }

    void sendReceipt(ByteBuf ack) {
        channel.writeAndFlush(ack); // nothing: as many as what is received
    }
}

class Pings extends SimpleChannelInboundHandler<PingWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, PingWebSocketFrame ping) {
        ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain())); // nothing: a sign of life
    }
}

class ReadOperation {
    private final ByteBuf asked;

    ReadOperation(ByteBuf asked) {
        this.asked = asked;
    }

    void send(Channel channel) {
        channel.writeAndFlush(asked); // nothing: one request
    }
}

class Calls {
    private final Map<Integer, CompletableFuture<ByteBuf>> pending = new ConcurrentHashMap<>();
    private final Channel channel;
    private int last;

    Calls(Channel channel) {
        this.channel = channel;
    }

    CompletableFuture<ByteBuf> send(ByteBuf asked) {
        CompletableFuture<ByteBuf> answer = new CompletableFuture<>();
        pending.put(++last, answer);
        channel.writeAndFlush(asked); // nothing: its answer is awaited
        return answer;
    }

    void answered(int id, ByteBuf given) {
        CompletableFuture<ByteBuf> answer = pending.remove(id);
        if (answer != null) answer.complete(given);
    }
}
