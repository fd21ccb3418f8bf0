package examples.drop;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What somebody chooses by a setting is lost as they wish; what was taken out goes back to its place. */
class Wanted {
    enum Rule { DISCARD, RUN }

    private final BlockingQueue<StringBuilder> builders = new ArrayBlockingQueue<>(8);

    Wanted(Map<String, RejectedExecutionHandler> rules) {
        rules.put("discard-oldest", new ThreadPoolExecutor.DiscardOldestPolicy()); // nothing
        rules.put("quiet", new ThreadPoolExecutor.DiscardPolicy()); // want low: drops without a count
    }

    static RejectedExecutionHandler named(String rule, boolean quiet) {
        if (rule.equalsIgnoreCase("discard")) {
            return new ThreadPoolExecutor.DiscardPolicy(); // nothing
        }
        return quiet
                ? new ThreadPoolExecutor.DiscardPolicy() // want low: drops without a count
                : new ThreadPoolExecutor.CallerRunsPolicy();
    }

    static void set(ThreadPoolExecutor pool, Rule rule) {
        switch (rule) {
            case DISCARD:
                pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // nothing
                break;
            default:
                pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardOldestPolicy()); // want low: drops without a count
        }
    }

    String print(String line) throws InterruptedException {
        StringBuilder builder = builders.poll(1, TimeUnit.SECONDS);
        if (builder == null) {
            builder = new StringBuilder();
        }
        try {
            return builder.append(line).toString();
        } finally {
            builder.setLength(0);
            builders.offer(builder); // nothing
        }
    }

    void release(StringBuilder builder) {
        builders.offer(builder); // nothing
    }

    void latest(StringBuilder builder) {
        builders.poll(); // want low: drops without a count
        builders.offer(builder); // want low: drops without a count
    }
}
