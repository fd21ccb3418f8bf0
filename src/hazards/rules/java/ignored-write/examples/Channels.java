package examples.writes;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;

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
}

class Prices {
    private final Channel channel;

    void publish(ByteBuf price) {
        channel.write(price); // want low: written per call, nobody asks for room
    }

    void publishListened(ByteBuf price) {
        channel.writeAndFlush(price).addListener(done -> count.increment()); // want low: written per call, nobody asks for room
    }

    void publishLater(ByteBuf price) {
        pool.acquire().addListener(taken -> taken.getNow().writeAndFlush(price)); // want low: written per call, nobody asks for room
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
}
