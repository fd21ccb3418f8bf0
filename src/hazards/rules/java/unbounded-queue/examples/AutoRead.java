import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.LinkedList;
import java.util.Queue;

class Barrier extends ChannelInboundHandlerAdapter {
    private final Queue<Object> waiting = new LinkedList<>(); // bounded: setAutoRead

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        waiting.add(message);
    }

    void release(ChannelHandlerContext ctx) {
        while (waiting.size() > 0) {
            ctx.fireChannelRead(waiting.poll());
        }
        ctx.channel().config().setAutoRead(true);
    }
}
