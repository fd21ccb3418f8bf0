package examples.writes;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.LongAdder;

class Held {
    private final LongAdder dropped = new LongAdder();
    private final Channel channel;

    Held(Channel channel) {
        this.channel = channel;
    }

    void publish(ByteBuf price) {
        if (!channel.isWritable()) {
            dropped.increment();
            return;
        }
        channel.writeAndFlush(price); // bounded: isWritable
    }
}
