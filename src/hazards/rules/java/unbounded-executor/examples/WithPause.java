package examples.executor;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.ws.rs.POST;

class WithPause {
    private final ExecutorService orders = Executors.newFixedThreadPool(4); // want medium: executor takes every request

    @POST
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
