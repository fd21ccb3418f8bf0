package examples.writes;

import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.websocket.api.RemoteEndpoint;
import org.java_websocket.WebSocket;
import org.java_websocket.server.WebSocketServer;
import org.springframework.messaging.simp.SimpMessagingTemplate;

class Chat {
    private final Set<Session> sessions;

    @OnMessage
    public void onMessage(String text) {
        for (Session each : sessions) {
            each.getAsyncRemote().sendText(text); // want low: written per message, nobody asks for room
        }
    }

    public void answer(Session session, String text) throws Exception {
        session.getBasicRemote().sendText(text); // nothing: waits
        session.getAsyncRemote().sendText(text).get(); // nothing: waits
    }
}

class Feed extends WebSocketServer {
    @Override
    public void onMessage(WebSocket from, String text) {
        broadcast(text); // want low: written per message, nobody asks for room
    }

    public void tell(WebSocket to, String text) {
        to.send(text); // want low: written per call, nobody asks for room
    }

    public void mail(Mailer mailer, String text) {
        mailer.send(text); // nothing: no socket
    }
}

class Remote {
    private final RemoteEndpoint remote;
    private final SimpMessagingTemplate template;

    void push(ByteBuffer data) {
        remote.sendBytesByFuture(data); // want low: written per call, nobody asks for room
        remote.sendBytes(data); // nothing: waits
        remote.sendBytes(data, WriteCallback.NOOP); // want low: written per call, nobody asks for room
    }

    void price(String price) {
        template.convertAndSend("/topic/prices", price); // want low: written per call, nobody asks for room
    }
}
