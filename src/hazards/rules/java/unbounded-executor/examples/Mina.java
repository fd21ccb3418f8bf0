package examples.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.mina.filter.executor.IoEventQueueThrottle;
import org.apache.mina.filter.executor.OrderedThreadPoolExecutor;

class MinaServer {
    Executor endless() {
        return new OrderedThreadPoolExecutor(16); // want low: executor takes every message
    }

    Executor throttled() {
        return new OrderedThreadPoolExecutor(1, 16, 30, TimeUnit.SECONDS, new IoEventQueueThrottle(65536)); // nothing: a sender waits
    }
}
