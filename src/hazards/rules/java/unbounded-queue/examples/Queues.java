package examples.queue;

import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

class Inbox implements MessageListener {
    private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>(); // want high: queue grows per message
    private final BlockingQueue<Message> offered = new LinkedBlockingQueue<>(); // want high: queue grows per message
    private final Queue<Message> linked = new ConcurrentLinkedQueue<>(); // want high: queue grows per message
    private final BlockingQueue<Message> sized = new LinkedBlockingQueue<>(100); // nothing
    private final BlockingQueue<Message> bounded = new ArrayBlockingQueue<>(100); // nothing
    private final BlockingQueue<Message> looked = new LinkedBlockingQueue<>(); // bounded: looked.size()
    private final Queue<Message> freeBuffers = new ConcurrentLinkedQueue<>(); // nothing
    private final Deque<Message> turn = new ArrayDeque<>(); // nothing
    private final BlockingQueue<Message> second = new LinkedBlockingQueue<>(); // want low: queue grows per value
    private final BlockingQueue<String> results = new LinkedBlockingQueue<>(); // nothing

    @Override
    public void onMessage(Message message) {
        inbox.add(message);
        offered.offer(message);
        linked.add(message);
        if (!sized.offer(message)) {
            freeBuffers.add(message);
        }
        if (looked.size() < 100) {
            looked.add(message);
        }
        turn.add(message);
        turn.poll();
    }

    void work() throws InterruptedException {
        while (true) {
            Message message = inbox.take();
            second.put(message);
        }
    }

    void drain() throws InterruptedException {
        offered.take();
        linked.poll();
        looked.take();
        freeBuffers.poll();
        second.take();
        bounded.take();
        results.put("done");
        results.take();
    }
}

class Worker implements Runnable {
    private final BlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>(); // want low: queue grows per call
    private final BlockingQueue<Runnable> own = new LinkedBlockingQueue<>(); // nothing
    private final Queue<Runnable> listeners = new ConcurrentLinkedQueue<>(); // nothing

    Worker() {
        own.add(this);
    }

    public void enqueue(Runnable job) {
        jobs.add(job);
    }

    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void run() {
        Runnable job;
        try {
            while ((job = jobs.take()) != null) {
                job.run();
                own.poll();
                listeners.poll().run();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
