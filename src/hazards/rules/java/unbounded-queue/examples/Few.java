package examples.queues;

import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

class PriceSender {
    private final Queue<String> unsent = new ConcurrentLinkedQueue<>(); // want low: queue grows per call

    void send(String message) {
        unsent.add(message);
    }

    String next() {
        return unsent.poll();
    }
}

class ReadRequest {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>(); // nothing: the answers to one request

    void received(String message) {
        messages.add(message);
    }

    String next() throws InterruptedException {
        return messages.take();
    }
}

class LayoutPlan {
    private final Queue<String> columns = new ConcurrentLinkedQueue<>(); // nothing: few, and gone with the plan

    void declare(String column) {
        columns.add(column);
    }

    String next() {
        return columns.poll();
    }
}

class Members {
    record Member(String name) {}

    private final Queue<Member> changes = new ConcurrentLinkedQueue<>(); // nothing: as many as there are members

    void changed(Member member) {
        changes.add(member);
    }

    Member next() {
        return changes.poll();
    }
}

class TurnExecutor {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>(); // nothing: as long as those make it who use it

    void execute(Runnable task) {
        tasks.add(task);
    }

    void runNext() {
        tasks.poll().run();
    }
}

class Answers {
    private final Queue<String> requestTimeouts = new ConcurrentLinkedQueue<>(); // nothing: one for each request

    void send(String message) {
        requestTimeouts.add(message);
    }

    String oldest() {
        return requestTimeouts.poll();
    }
}
