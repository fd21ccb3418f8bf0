package examples.queue;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

class BufferedSender {
    private final Queue<String> queue;
    private final Queue<String> guarded;
    private final SendTask task;

    BufferedSender(Builder builder) {
        this.queue = builder.queue;
        guarded = Objects.requireNonNull(builder.guarded);
        this.task = new SendTask(queue, guarded);
    }

    public void send(String payload) {
        queue.add(payload);
        if (guarded.size() < 100) {
            guarded.add(payload);
        }
    }

    void flush() {
        task.run();
    }

    static class Builder {
        private Queue<String> queue;
        private Queue<String> guarded;

        Builder queue(Queue<String> given) {
            this.queue = given;
            return this;
        }

        BufferedSender build() {
            if (queue == null) {
                queue = new ConcurrentLinkedQueue<>(); // want low: queue grows per call
            }
            if (guarded == null) {
                guarded = new ConcurrentLinkedQueue<>(); // bounded: guarded.size
            }
            return new BufferedSender(this);
        }
    }

    static class SendTask implements Runnable {
        private final Queue<String> source;
        private final Queue<String> other;

        SendTask(Queue<String> source, Queue<String> other) {
            this.source = source;
            this.other = other;
        }

        @Override
        public void run() {
            source.poll();
            other.poll();
        }
    }
}
