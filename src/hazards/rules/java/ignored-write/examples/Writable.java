package examples.writes;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

class Held {
    private final Channel channel;

    void publish(ByteBuf price) {
        if (!channel.isWritable()) {
            dropped.increment();
            return;
        }
        channel.writeAndFlush(price); // bounded: isWritable
    }
}
