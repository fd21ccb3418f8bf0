package examples.joined;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.util.ArrayList;
import java.util.List;

class Messages {
    private final StringBuilder message = new StringBuilder();
    private final List<WebSocketFrame> frames = new ArrayList<>();
    private final StringBuilder scratch = new StringBuilder();
    private Buffer rest = Buffer.buffer();

    void onText(WebSocketFrame frame) {
        message.append(frame.textData()); // want low: kept per call, never emptied
        if (frame.isFinal()) {
            handleText(message.toString());
            message.setLength(0);
        }
    }

    void onPart(WebSocketFrame frame) {
        frames.add(frame); // want low: kept per call, never emptied
        if (frame.isFinal()) {
            handleAll(frames);
            frames.clear();
        }
    }

    boolean onPartOfMany(WebSocketFrame frame) {
        frames.add(frame); // want low: kept per call, never emptied
        if (!frame.isFinal()) {
            return true;
        }
        frames.clear();
        return false;
    }

    void onWhole(WebSocketFrame frame) {
        scratch.setLength(0);
        scratch.append(frame.textData()); // nothing: one at most
        handleText(scratch.toString());
    }

    void handle(Buffer data) {
        rest.appendBuffer(data); // want low: kept per call, never emptied
        rest = rest.getBuffer(parsed(rest), rest.length());
    }

    private int parsed(Buffer data) {
        return data.length() / 2;
    }

    private void handleText(String text) {
        System.out.println(text);
    }

    private void handleAll(List<WebSocketFrame> all) {
        System.out.println(all.size());
    }
}
