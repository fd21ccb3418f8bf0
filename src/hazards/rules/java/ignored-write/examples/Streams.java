package examples.writes;

import io.grpc.stub.StreamObserver;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.mina.core.session.IoSession;

class Watch {
    private Table table;

    void watch(Query query, StreamObserver<Row> rows) {
        for (Row row : table.match(query)) {
            rows.onNext(row); // want low: written per call, nobody asks for room
        }
        rows.onCompleted();
    }

    void find(Key key, StreamObserver<Row> rows) {
        rows.onNext(table.get(key)); // nothing: one answer
        rows.onCompleted();
    }

    void changed(Row row, StreamObserver<Row> rows) {
        rows.onNext(row); // want low: written per call, nobody asks for room
    }
}

class Subscriber {
    private final NetSocket socket;
    private final IoSession session;
    private final Semaphore window = new Semaphore(64);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final int most = 64;

    Subscriber(NetSocket socket, IoSession session) {
        this.socket = socket;
        this.session = session;
    }

    void deliver(Buffer message) {
        socket.write(message); // want low: written per call, nobody asks for room
        session.write(message); // want low: written per call, nobody asks for room
    }

    void deliverFew(Buffer message) throws InterruptedException {
        window.acquire();
        socket.write(message); // bounded: under way
    }

    void deliverCounted(Buffer message) throws InterruptedException {
        while (inFlight.get() > most) {
            Thread.sleep(1);
        }
        session.write(message); // bounded: under way
    }

    void deliverNow(Buffer message) {
        if (session.isActive()) {
            session.write(message); // want low: written per call, nobody asks for room
        }
    }

    String sendAndWait(Question question) throws InterruptedException {
        Answer answer = expect(question.id());
        session.write(question); // bounded: waiting
        answer.waitResponse(1000);
        return answer.text();
    }

    private Answer expect(long id) {
        return new Answer(id);
    }
}

record Query(String text) {}

record Key(long id) {}

record Row(Key key) {}

record Question(long id) {}

interface Table {
    List<Row> match(Query query);

    Row get(Key key);
}

record Answer(long id) {
    synchronized void waitResponse(long milliseconds) throws InterruptedException {
        wait(milliseconds);
    }

    String text() {
        return "";
    }
}
