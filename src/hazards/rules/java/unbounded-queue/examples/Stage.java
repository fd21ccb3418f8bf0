package io.reactivex.operators;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A stage of a library of streams: to keep what comes is what it is for. */
class Stage {
    private final Queue<String> queue = new ConcurrentLinkedQueue<>(); // nothing

    public void onNext(String item) {
        queue.offer(item);
    }

    void drain() {
        queue.poll();
    }
}
