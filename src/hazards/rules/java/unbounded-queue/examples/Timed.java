package examples.queue;

import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.PriorityBlockingQueue;

class Timed {
    record Update(String topic, int rank) implements Comparable<Update> {
        @Override
        public int compareTo(Update other) {
            return Integer.compare(rank, other.rank);
        }
    }

    private final PriorityBlockingQueue<Update> updates = new PriorityBlockingQueue<>(); // want low: queue grows per call
    private final PriorityBlockingQueue<Update> deadlines = new PriorityBlockingQueue<>(); // nothing
    private final DelayQueue<Delayed> later = new DelayQueue<>(); // nothing

    public void publish(Update update) {
        updates.add(update);
    }

    public void remind(Update update, Delayed reminder) {
        deadlines.add(update);
        later.add(reminder);
    }

    void send() throws InterruptedException {
        while (true) {
            System.out.println(updates.take() + " " + deadlines.take() + " " + later.take());
        }
    }
}
