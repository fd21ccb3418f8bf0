package examples.executor;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.web.bind.annotation.PostMapping;

class WithPause {
    private final ExecutorService orders = Executors.newFixedThreadPool(4); // want medium: executor takes every request

    @PostMapping("/orders")
    public void post(String order) {
        orders.submit(() -> order.trim());
    }

    void hold(Streams streams) {
        streams.pause();
        streams.resume();
    }

    interface Streams {
        void pause();

        void resume();
    }
}
