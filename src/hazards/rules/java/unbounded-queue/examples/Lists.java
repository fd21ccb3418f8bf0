package examples.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;

/** Lists of which somebody takes all that is in them. */
class EventBuffer {
    private List<String> events = new ArrayList<>(); // want low: queue grows per call
    private final List<String> pendingLines = new ArrayList<>(); // want low: queue grows per call
    private final List<String> queuedCommands = new ArrayList<>(); // want low: queue grows per call
    private final List<String> batch = new ArrayList<>(); // bounded: batch.size
    private final List<String> fragmentBuffer = new ArrayList<>(); // bounded: check
    private final List<String> allEvents = new ArrayList<>(); // nothing
    private final List<String> names = new ArrayList<>(); // nothing
    private List<String> swapped = new LinkedList<>(); // want low: queue grows per call
    private int buffered;
    private final int bufferSize = 4096;

    public synchronized void add(String event) {
        events.add(event);
        pendingLines.add(event);
        queuedCommands.add(event);
        allEvents.add(event);
        names.add(event);
        swapped.add(event);
        batch.add(event);
        if (batch.size() >= 100) {
            flush();
        }
        if (buffered + event.length() <= bufferSize) {
            fragmentBuffer.add(event);
        }
    }

    synchronized List<String> takeAll() {
        List<String> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    synchronized void flush() {
        for (String line : pendingLines) {
            System.err.println(line + queuedCommands.remove(0) + fragmentBuffer.remove(0));
        }
        pendingLines.clear();
        names.clear();
        batch.forEach(System.err::println);
        batch.clear();
    }

    synchronized List<String> drained() {
        List<String> current = swapped;
        swapped = new LinkedList<>(); // nothing
        return current;
    }

    void reset() {
        for (String event : allEvents) {
            System.err.println(event);
        }
        allEvents.clear();
    }
}

/** Nobody shares it: it is filled and emptied in turn. */
class EventCollector {
    private final List<String> events = new ArrayList<>(); // nothing

    public void add(String event) {
        events.add(event);
    }

    List<String> sorted() {
        List<String> all = new ArrayList<>(events);
        events.clear();
        Collections.sort(all);
        return all;
    }
}
