package examples.writes;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;

class Pages extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        FullHttpResponse response = pageFor(request);
        ctx.writeAndFlush(response); // nothing: a client waits for its answer
    }

    private FullHttpResponse pageFor(FullHttpRequest request) {
        return new DefaultFullHttpResponse(request.protocolVersion(), HttpResponseStatus.OK);
    }
}
