package examples.joined;

import io.vertx.core.http.WebSocketFrame;

class LimitedMessages {
    private final StringBuilder message = new StringBuilder();
    private final int longest = 65536;

    void onText(WebSocketFrame frame) {
        if (message.length() + frame.binaryData().length() > longest) {
            throw new IllegalStateException("too long");
        }
        message.append(frame.textData()); // nothing: compared
    }
}
