package examples.joined;

import io.netty.handler.codec.http.websocketx.WebSocketFrame;

class LimitedMessages {
    private final StringBuilder message = new StringBuilder();

    void onText(WebSocketFrame frame) {
        if (message.length() + frame.length() > longest) {
            throw new IllegalStateException("too long");
        }
        message.append(frame.text()); // nothing: compared
    }
}
