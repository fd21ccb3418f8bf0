package examples.writes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.pool.ChannelPool;
import io.netty.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

class Answers extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf asked) {
        ctx.writeAndFlush(answerTo(asked)); // want low: written per request, nobody asks for room
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(greeting(ctx)); // nothing: once
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.writeAndFlush(textOf(cause)).addListener(ChannelFutureListener.CLOSE); // nothing: the last
    }

    private ByteBuf answerTo(ByteBuf asked) {
        return asked.retain();
    }

    private ByteBuf greeting(ChannelHandlerContext ctx) {
        return ctx.alloc().buffer();
    }

    private Object textOf(Throwable cause) {
        return cause.toString();
    }
}

class Prices {
    private static final ByteBuf EMPTY = Unpooled.EMPTY_BUFFER;
    private final LongAdder count = new LongAdder();
    private final Channel channel;
    private final ChannelPool pool;

    Prices(Channel channel, ChannelPool pool) {
        this.channel = channel;
        this.pool = pool;
    }

    void publish(ByteBuf price) {
        channel.write(price); // want low: written per call, nobody asks for room
    }

    void publishListened(ByteBuf price) {
        channel.writeAndFlush(price).addListener(done -> count.increment()); // want low: written per call, nobody asks for room
    }

    void publishLater(ByteBuf price) {
        pool.acquire().addListener((Future<Channel> taken) -> taken.getNow().writeAndFlush(price)); // want low: written per call, nobody asks for room
    }

    void tick() {
        channel.writeAndFlush(EMPTY); // nothing: the same each time
    }

    ChannelFuture give(ByteBuf price) {
        return channel.writeAndFlush(price); // nothing: who calls has the future
    }

    void publishWaiting(ByteBuf price) throws InterruptedException {
        channel.writeAndFlush(price).sync(); // nothing: waits
    }

    void refuse(ByteBuf reason) {
        channel.writeAndFlush(reason); // nothing: closed behind it
        channel.close();
    }

    void tell(ByteBuf price, ChannelPromise promise) {
        channel.writeAndFlush(price, promise); // nothing: who calls is told
    }
}

class Passing extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(wrapped(message)); // nothing: somebody else wrote it
        ctx.write(message, promise);
    }

    private Object wrapped(Object message) {
        return message;
    }
}
