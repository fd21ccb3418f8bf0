package examples.stream;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class Emitters {
    private final List<SseEmitter> emitters = new CopyOnWriteArrayList<>();
    private final Map<String, SseEmitter> byUser = new ConcurrentHashMap<>();

    @GetMapping("/events")
    SseEmitter events() {
        SseEmitter emitter = new SseEmitter(0L); // want medium: stream outlives its client
        emitters.add(emitter);
        return emitter;
    }

    @GetMapping("/own")
    SseEmitter own(String user) {
        SseEmitter emitter = new SseEmitter(); // want medium: stream outlives its client
        byUser.put(user, emitter);
        return emitter;
    }

    @GetMapping("/ticks")
    SseEmitter ticks() {
        SseEmitter emitter = new SseEmitter(); // want high: stream outlives its client
        new Thread(() -> {
            while (true) {
                try {
                    emitter.send("tick");
                } catch (IOException failed) {
                    System.out.println(failed.getMessage());
                }
            }
        }).start();
        return emitter;
    }

    @GetMapping("/ended")
    SseEmitter ended() {
        SseEmitter emitter = new SseEmitter(); // nothing
        new Thread(() -> {
            while (true) {
                try {
                    emitter.send("tick");
                } catch (IOException failed) {
                    break;
                }
            }
        }).start();
        return emitter;
    }
}
