package examples.writes;

import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.eclipse.jetty.websocket.api.RemoteEndpoint;
import org.eclipse.jetty.websocket.api.WriteCallback;
import org.java_websocket.WebSocket;
import org.java_websocket.server.WebSocketServer;
import org.springframework.messaging.simp.SimpMessagingTemplate;

class Chat {
    private final Set<Session> sessions = new CopyOnWriteArraySet<>();

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

abstract class Feed extends WebSocketServer {
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

    Remote(RemoteEndpoint remote, SimpMessagingTemplate template) {
        this.remote = remote;
        this.template = template;
    }

    void push(ByteBuffer data, WriteCallback done) throws Exception {
        remote.sendBytesByFuture(data); // want low: written per call, nobody asks for room
        remote.sendBytes(data); // nothing: waits
        remote.sendBytes(data, done); // want low: written per call, nobody asks for room
    }

    void price(String price) {
        template.convertAndSend("/topic/prices", price); // want low: written per call, nobody asks for room
    }
}

interface Mailer {
    void send(String text);
}
