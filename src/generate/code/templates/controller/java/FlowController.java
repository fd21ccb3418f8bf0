import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A bounded buffer between producers and a sink that may be slow, fail, or take only part of a batch.
 *
 * <p>At every moment accepted = flushed + held + dropped + failed. A failed flush loses nothing and keeps the order;
 * what it had delivered before it failed is delivered again (at least once). One call of the sink runs at a time.
 *
 * @param <T> what is held
 */
public final class FlowController<T> {
  private static final int DEFAULT_CAPACITY = 1000;

  /** BLOCKED: full. CRITICAL lasts from the high watermark until the low one. */
  public enum State { NORMAL, ELEVATED, CRITICAL, BLOCKED, DRAINING }

  /** For an item that finds the buffer full; SAMPLE thins out already from the high watermark on. */
  public enum Overflow { BLOCK, DROP_OLDEST, DROP_NEWEST, SAMPLE }

  /** Why an item was dropped. */
  public enum DropReason { OLDEST, NEWEST, SAMPLED, TIMEOUT, DRAINING }

  /** What became of one item of a batch: delivered, to be tried again, or refused for good. */
  public enum Outcome { FLUSHED, RETRY, FAILED }

  /** The circuit around the sink; HALF_OPEN while it is tried again. */
  public enum Circuit { CLOSED, OPEN, HALF_OPEN }

  /** Delivers batches. */
  @FunctionalInterface
  public interface Sink<T> {
    /**
     * Give it a time limit of its own; its thread is interrupted when a drain has run out of time.
     *
     * @return nothing when all of the batch was delivered, else one outcome for each item
     * @throws Exception when none was
     */
    List<Outcome> flush(List<T> batch) throws Exception;
  }

  /** Where time comes from, so that a test can bring its own. */
  public interface Time {
    /** Nanoseconds that never go back. */
    long nanos();

    /** Runs something short once after so many nanoseconds, and returns how to call it off. */
    Runnable after(long nanos, Runnable task);
  }

  /** Sizes and times. Set before the controller is made. */
  public static final class Options {
    /** Most items held, those of a running flush among them. */
    public int capacity = DEFAULT_CAPACITY;
    /** Most items in one call of the sink. */
    public int batchSize = 100;
    /** Shares of the capacity. */
    public double lowWatermark = 0.5;
    public double highWatermark = 0.8;
    public Overflow overflow = Overflow.BLOCK;
    /** The share of items that SAMPLE keeps, above 0 and at most 1. */
    public double sampleRate = 0.1;
    /** How long BLOCK lets a producer wait at most. */
    public Duration maxBlock = Duration.ofSeconds(30);
    /** Bounds of the longest wait of an item for its batch to fill, which adapts between them. */
    public Duration minFlush = Duration.ofMillis(10);
    public Duration maxFlush = Duration.ofSeconds(1);
    /** So many failed flushes in a row open the circuit for so long; then one batch is tried. */
    public int failuresToOpen = 5;
    public Duration open = Duration.ofSeconds(10);
    /** Hears of every change. It must neither throw, block nor call the controller. */
    public Consumer<State> onState = state -> {};
    /** Hears of every error of the sink; the items it concerns are still held. It must not throw. */
    public Consumer<Throwable> onError = error -> {};

    private boolean isSound() {
      return 1 <= batchSize && batchSize <= capacity
          && 0 < lowWatermark && lowWatermark <= highWatermark && highWatermark <= 1
          && 0 < sampleRate && sampleRate <= 1
          && failuresToOpen >= 1
          && 0 < minFlush.toNanos() && minFlush.compareTo(maxFlush) <= 0;
    }
  }

  /**
   * The figures of one moment.
   *
   * @param accepted items whose push was decided, those dropped among them
   * @param waiting producers that wait for room
   * @param latencySum from the acceptance of an item to its delivery, over all that were flushed
   */
  public record Metrics(
      long accepted, long flushed, int held, long failed, Map<DropReason, Long> dropped, int waiting, State state,
      Circuit circuit, Duration flushInterval, long failedFlushes, Duration latencySum, Duration latencyMax) {}

  private record Held<T>(T item, long since) {}

  private final Sink<T> sink;
  private final Options options;
  private final Time time;
  private final ExecutorService executor;

  private final Deque<Held<T>> queue = new ArrayDeque<>();
  private List<Held<T>> flushing = List.of();
  /** First come, first served. */
  private final Map<CompletableFuture<Boolean>, T> waiting = new LinkedHashMap<>();
  private Runnable callOff = () -> {};
  private CompletableFuture<List<T>> drained;

  private State state = State.NORMAL;
  private long interval;
  private boolean isPaused;
  private long pausedUntil;
  private int failuresInRow;
  private long sampled;

  private long accepted;
  private long flushed;
  private long failed;
  private long failedFlushes;
  private long latencySum;
  private long latencyMax;
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

  /** A controller whose sink is called on a thread of its own. */
  public FlowController(Sink<T> sink, Options options) {
    this(sink, options, systemTime(), Executors.newSingleThreadExecutor(FlowController::daemon));
  }

  /**
   * @param executor calls the sink; it is shut down at the end of a drain
   * @throws IllegalArgumentException when options contradict each other
   */
  public FlowController(Sink<T> sink, Options options, Time time, ExecutorService executor) {
    if (!options.isSound()) {
      throw new IllegalArgumentException(
          "want 1 ≤ batch ≤ capacity, low ≤ high watermark ≤ 1, 0 < rate ≤ 1, min ≤ max flush, failures ≥ 1");
    }
    this.sink = sink;
    this.options = options;
    this.time = time;
    this.executor = executor;
    this.interval = options.minFlush.toNanos();
  }

  /**
   * Hands an item over. Under BLOCK it waits while the buffer is full.
   *
   * @return whether it was accepted; if not, the metrics say why
   * @throws InterruptedException while it waited; then the item is not accepted, and counted nowhere
   */
  public boolean push(T item) throws InterruptedException {
    CompletableFuture<Boolean> decided = offer(item);
    try {
      return decided.get();
    } catch (InterruptedException interrupted) {
      synchronized (this) {
        if (!decided.isDone()) {
          waiting.remove(decided);
          decided.cancel(false);
          throw interrupted;
        }
      }
      // It was decided at the same moment.
      Thread.currentThread().interrupt();
      return decided.join();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Takes no more items, flushes what is held, and ends after the limit even when the sink does not. It is the last
   * chance, so an open circuit is not waited for.
   *
   * @return what was not delivered, oldest first; of a call that was cut off some may have been
   */
  public List<T> drain(Duration limit) {
    return startDrain(limit).join();
  }

  /** The figures of this moment. */
  public synchronized Metrics metrics() {
    Circuit circuit = failuresInRow < options.failuresToOpen
        ? Circuit.CLOSED
        : flushing.isEmpty() ? Circuit.OPEN : Circuit.HALF_OPEN;
    return new Metrics(
        accepted, flushed, held(), failed, Map.copyOf(dropped), waiting.size(), state, circuit,
        Duration.ofNanos(interval), failedFlushes, Duration.ofNanos(latencySum), Duration.ofNanos(latencyMax));
  }

  /** As push, without waiting for what comes of it. */
  synchronized CompletableFuture<Boolean> offer(T item) {
    boolean isFull = held() >= options.capacity;
    if (drained != null) {
      return CompletableFuture.completedFuture(drop(DropReason.DRAINING));
    }
    if (isFull && options.overflow == Overflow.BLOCK) {
      return await(item);
    }
    boolean isPressed = held() >= options.highWatermark * options.capacity;
    if (options.overflow == Overflow.SAMPLE && isPressed && !isSampled()) {
      return CompletableFuture.completedFuture(drop(DropReason.SAMPLED));
    }
    if (isFull) {
      // What the sink is working on can no longer be dropped.
      if (options.overflow != Overflow.DROP_OLDEST || queue.isEmpty()) {
        return CompletableFuture.completedFuture(drop(DropReason.NEWEST));
      }
      queue.removeFirst();
      dropped.merge(DropReason.OLDEST, 1L, Long::sum);
    }
    take(item);
    plan();
    return CompletableFuture.completedFuture(true);
  }

  synchronized CompletableFuture<List<T>> startDrain(Duration limit) {
    if (drained == null) {
      drained = new CompletableFuture<>();
      Runnable timer = time.after(limit.toNanos(), this::finish);
      drained.whenComplete((left, error) -> timer.run());
    }
    while (!waiting.isEmpty()) {
      release(waiting.keySet().iterator().next(), drop(DropReason.DRAINING));
    }
    isPaused = false;
    watch();
    if (held() == 0) {
      finish();
    }
    plan();
    return drained;
  }

  private synchronized void finish() {
    if (drained.complete(Stream.concat(flushing.stream(), queue.stream()).map(Held::item).toList())) {
      callOff.run();
      executor.shutdownNow();
    }
  }

  private int held() {
    return queue.size() + flushing.size();
  }

  private void take(T item) {
    accepted++;
    queue.addLast(new Held<>(item, time.nanos()));
    watch();
  }

  private boolean drop(DropReason reason) {
    accepted++;
    dropped.merge(reason, 1L, Long::sum);
    return false;
  }

  private CompletableFuture<Boolean> await(T item) {
    CompletableFuture<Boolean> decided = new CompletableFuture<>();
    waiting.put(decided, item);
    Runnable timer = time.after(options.maxBlock.toNanos(), () -> timeOut(decided));
    decided.whenComplete((isAccepted, error) -> timer.run());
    return decided;
  }

  private synchronized void timeOut(CompletableFuture<Boolean> decided) {
    if (waiting.containsKey(decided)) {
      release(decided, drop(DropReason.TIMEOUT));
    }
  }

  private void release(CompletableFuture<Boolean> decided, boolean isAccepted) {
    waiting.remove(decided);
    decided.complete(isAccepted);
  }

  /** Keeps every (1 ÷ rate)th item: the share is exact, and no chance is in it. */
  private boolean isSampled() {
    sampled++;
    return Math.floor(sampled * options.sampleRate) > Math.floor((sampled - 1) * options.sampleRate);
  }

  /** Flushes once a batch is full or its oldest item has waited for the interval; until then it sets the timer. */
  private synchronized void plan() {
    if (queue.isEmpty() || !flushing.isEmpty() || (drained != null && drained.isDone())) {
      return;
    }
    long now = time.nanos();
    boolean isDue = drained != null || queue.size() >= options.batchSize;
    long wait = isDue ? 0 : queue.getFirst().since + interval - now;
    if (isPaused) {
      wait = Math.max(wait, pausedUntil - now);
    }
    callOff.run();
    if (wait > 0) {
      callOff = time.after(wait, this::plan);
      return;
    }
    callOff = () -> {};
    List<Held<T>> batch = new ArrayList<>();
    while (batch.size() < options.batchSize && !queue.isEmpty()) {
      batch.add(queue.removeFirst());
    }
    flushing = batch;
    executor.execute(() -> settle(batch, deliver(batch)));
  }

  /** Never throws: an error of the sink is told, and all of its batch is to be tried again. */
  private List<Outcome> deliver(List<Held<T>> batch) {
    try {
      List<Outcome> outcomes = sink.flush(batch.stream().map(Held::item).toList());
      if (!outcomes.isEmpty() && outcomes.size() != batch.size()) {
        throw new IllegalStateException("the sink told " + outcomes.size() + " outcomes of " + batch.size());
      }
      return outcomes.isEmpty() ? batch.stream().map(held -> Outcome.FLUSHED).toList() : outcomes;
    } catch (Throwable error) {
      options.onError.accept(error);
      return batch.stream().map(held -> Outcome.RETRY).toList();
    }
  }

  private synchronized void settle(List<Held<T>> batch, List<Outcome> outcomes) {
    long now = time.nanos();
    flushing = List.of();
    int again = 0;
    for (int at = batch.size() - 1; at >= 0; at--) {
      Held<T> held = batch.get(at);
      switch (outcomes.get(at)) {
        case FLUSHED -> {
          flushed++;
          latencySum += now - held.since;
          latencyMax = Math.max(latencyMax, now - held.since);
        }
        case FAILED -> failed++;
        case RETRY -> {
          queue.addFirst(held);
          again++;
        }
      }
    }
    adapt(batch.size(), again, now);
    while (!waiting.isEmpty() && held() < options.capacity) {
      CompletableFuture<Boolean> first = waiting.keySet().iterator().next();
      take(waiting.get(first));
      release(first, true);
    }
    watch();
    if (drained != null && held() == 0) {
      finish();
    }
    plan();
  }

  /** Pressed, it flushes sooner; idle, in fuller batches; after a failure later and, after several, not for a while. */
  private void adapt(int tried, int again, long now) {
    long min = options.minFlush.toNanos();
    long max = options.maxFlush.toNanos();
    failuresInRow = again == tried ? failuresInRow + 1 : 0;
    failedFlushes += again == tried ? 1 : 0;
    if (again > 0) {
      interval = Math.min(max, interval * 2);
    } else if (held() >= options.lowWatermark * options.capacity) {
      interval = Math.max(min, interval / 2);
    } else if (tried < options.batchSize / 2.0) {
      interval = Math.min(max, interval * 3 / 2);
    }
    isPaused = again > 0;
    boolean isOpen = failuresInRow >= options.failuresToOpen;
    pausedUntil = now + (drained != null ? min : isOpen ? options.open.toNanos() : interval);
  }

  private void watch() {
    double level = (double) held() / options.capacity;
    boolean wasCritical = state == State.CRITICAL || state == State.BLOCKED;
    State now = State.NORMAL;
    if (drained != null) {
      now = State.DRAINING;
    } else if (level >= 1) {
      now = State.BLOCKED;
    } else if (level >= options.highWatermark || (wasCritical && level >= options.lowWatermark)) {
      now = State.CRITICAL;
    } else if (level >= options.lowWatermark) {
      now = State.ELEVATED;
    }
    if (now != state) {
      state = now;
      options.onState.accept(now);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "flow-controller");
    thread.setDaemon(true);
    return thread;
  }

  private static Time systemTime() {
    ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, FlowController::daemon);
    timers.setRemoveOnCancelPolicy(true);
    // Its thread ends when there is nothing to wait for.
    timers.setKeepAliveTime(1, TimeUnit.SECONDS);
    timers.allowCoreThreadTimeOut(true);
    return new Time() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public Runnable after(long nanos, Runnable task) {
        Future<?> timer = timers.schedule(task, nanos, TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
      }
    };
  }
}
