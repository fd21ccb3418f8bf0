package examples.drop;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

class Drops {
    private final BlockingQueue<String> jobs = new ArrayBlockingQueue<>(100);
    private static final String EOF = "";
    private final BlockingQueue<String> latest = new LinkedBlockingQueue<>(1);
    private final ConcurrentLinkedQueue<String> endless = new ConcurrentLinkedQueue<>();
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            4, 4, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(100),
            new ThreadPoolExecutor.DiscardPolicy()); // want low: drops without a count
    private final ThreadPoolExecutor oldest = new ThreadPoolExecutor(
            4, 4, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(100),
            new ThreadPoolExecutor.DiscardOldestPolicy()); // want low: drops without a count
    private final ThreadPoolExecutor newest = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1),
            new ThreadPoolExecutor.DiscardOldestPolicy()); // nothing
    private final ScheduledThreadPoolExecutor scheduler =
            new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy()); // nothing
    private final ThreadPoolExecutor endlessPool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy()); // nothing
    private final BlockingQueue<byte[]> spareBuffers = new ArrayBlockingQueue<>(10);
    private static final int INSTANCE_POOL_SIZE = 5;
    private final BlockingQueue<String> instances = new ArrayBlockingQueue<>(INSTANCE_POOL_SIZE);
    private final BlockingQueue<Boolean> wakes = new ArrayBlockingQueue<>(10);
    private long refused;

    void addNewest(String job) {
        while (!jobs.offer(job)) { // want low: drops without a count
            jobs.poll();
        }
    }

    void addNewestOnce(String job) {
        if (!jobs.offer(job)) { // want low: drops without a count
            jobs.poll();
            if (!jobs.offer(job)) { // bounded: its answer is read
                refused++;
            }
        }
    }

    void addNewestOrCount(String job) {
        if (!jobs.offer(job)) { // bounded: its answer is read
            jobs.poll();
            refused++;
        }
    }

    void add(String job) {
        jobs.offer(job); // want low: drops without a count
    }

    void addInTime(String job) throws InterruptedException {
        jobs.offer(job, 1, TimeUnit.SECONDS); // want low: drops without a count
        spareBuffers.offer(new byte[10]); // nothing
        wakes.offer(true); // nothing
        jobs.offer(EOF, 1, TimeUnit.SECONDS); // nothing
        instances.offer(job); // nothing
    }

    void told(String job) {
        if (!jobs.offer(job)) { // bounded: answer
            refused++;
        }
        latest.offer(job); // nothing
        endless.offer(job); // nothing
    }
}
