import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Most of it in virtual time: the executor runs a flush as late as the test says. */
public final class FlowControllerTest extends AbstractExecutorService implements FlowController.Time {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualTime time = new VirtualTime();
  private final List<Integer> delivered = new ArrayList<>();
  private final List<Long> calls = new ArrayList<>();
  private final List<FlowController.State> states = new ArrayList<>();
  private final List<Throwable> errors = new ArrayList<>();
  private final FlowController<Integer> controller;
  private FlowController.Sink<Integer> answer = batch -> List.of();
  /** How long a flush takes, milliseconds; negative: for ever. */
  private double delay;
  private boolean isShut;

  private FlowControllerTest(Consumer<FlowController.Options> change) {
    FlowController.Options options = new FlowController.Options();
    options.capacity = 10;
    options.batchSize = 4;
    options.maxFlush = Duration.ofMillis(160);
    options.onState = states::add;
    options.onError = errors::add;
    change.accept(options);
    controller = new FlowController<>(this::flush, options, this, this);
  }

  private List<FlowController.Outcome> flush(List<Integer> batch) throws Exception {
    List<FlowController.Outcome> outcomes = answer.flush(batch);
    for (int at = 0; at < batch.size(); at++) {
      if (outcomes.isEmpty() || outcomes.size() == batch.size() && outcomes.get(at) == FlowController.Outcome.FLUSHED) {
        delivered.add(batch.get(at));
      }
    }
    return outcomes;
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public Runnable after(long nanos, Runnable task) {
    return time.after(nanos, task);
  }

  @Override
  public void execute(Runnable task) {
    calls.add(time.nanos() / 1_000_000);
    if (delay >= 0) {
      time.after(Math.round(delay * 1e6), task);
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    isShut = true;
    return List.of();
  }

  @Override
  public void shutdown() {
    isShut = true;
  }

  @Override
  public boolean isShutdown() {
    return isShut;
  }

  @Override
  public boolean isTerminated() {
    return isShut;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShut;
  }

  private int pushAll(int from, int to) {
    return (int) IntStream.range(from, to).filter(item -> !controller.offer(item).getNow(true)).count();
  }

  private static List<Integer> count(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static long missing(FlowController.Metrics metrics) {
    long dropped = metrics.dropped().values().stream().mapToLong(Long::longValue).sum();
    return metrics.accepted() - metrics.flushed() - metrics.held() - metrics.failed() - dropped;
  }

  private static FlowControllerTest scene() {
    return new FlowControllerTest(options -> {});
  }

  private static List<FlowController.Outcome> away(List<Integer> batch) throws Exception {
    throw new Exception("the sink is away");
  }

  static void flushesAFullBatchAtOnceAndTheRestAfterTheInterval() {
    FlowControllerTest scene = scene();
    scene.pushAll(0, 6);
    scene.time.advance(0);
    VirtualTime.expect("at once", scene.delivered, count(0, 4));
    scene.time.advance(10);
    VirtualTime.expect("later", scene.delivered, count(0, 6));
    VirtualTime.expect("latency", scene.controller.metrics().latencySum(), Duration.ofMillis(20));
    VirtualTime.expect("longest", scene.controller.metrics().latencyMax(), Duration.ofMillis(10));
    VirtualTime.expect("timers", scene.time.pending(), 0);
  }

  static void passesThroughEveryState() {
    FlowControllerTest scene = new FlowControllerTest(options -> options.batchSize = 2);
    scene.delay = 1000;
    scene.pushAll(0, 10);
    scene.time.advance(2500);
    VirtualTime.expect("between", scene.controller.metrics().state(), FlowController.State.CRITICAL);
    scene.time.advance(1000);
    CompletableFuture<List<Integer>> left = scene.controller.startDrain(MINUTE);
    scene.time.advance(5000);
    VirtualTime.expect("left", left.join(), List.of());
    VirtualTime.expect("states", scene.states.toString(), "[ELEVATED, CRITICAL, BLOCKED, CRITICAL, NORMAL, DRAINING]");
    VirtualTime.expect("executor shut", scene.isShut, true);
    VirtualTime.expect("timers", scene.time.pending(), 0);
  }

  static void wakesBlockedProducersAtOnceInTheirOrder() {
    FlowControllerTest scene = scene();
    scene.delay = 1000;
    scene.pushAll(0, 10);
    List<String> woken = new ArrayList<>();
    for (int item : count(10, 16)) {
      scene.controller.offer(item).thenAccept(is -> woken.add(item + " " + is + " " + scene.nanos() / 1_000_000));
    }
    VirtualTime.expect("waiting", scene.controller.metrics().waiting(), 6);
    scene.time.advance(2000);
    VirtualTime.expect("woken", woken,
        List.of("10 true 1000", "11 true 1000", "12 true 1000", "13 true 1000", "14 true 2000", "15 true 2000"));
  }

  static void aBlockedProducerTimesOutOrIsInterrupted() throws Exception {
    FlowControllerTest scene = new FlowControllerTest(options -> options.maxBlock = Duration.ofMillis(300));
    scene.delay = -1;
    scene.pushAll(0, 10);
    CompletableFuture<Boolean> late = scene.controller.offer(10);
    scene.time.advance(299);
    VirtualTime.expect("still waits", late.isDone(), false);
    scene.time.advance(1);
    VirtualTime.expect("timed out", late.getNow(true), false);
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread producer = new Thread(() -> {
      try {
        scene.controller.push(11);
      } catch (InterruptedException expected) {
        interrupted.countDown();
      }
    });
    producer.start();
    producer.interrupt();
    interrupted.await();
    FlowController.Metrics metrics = scene.controller.metrics();
    VirtualTime.expect("figures", List.of(metrics.accepted(), metrics.dropped(), metrics.waiting(), missing(metrics)),
        List.of(11L, Map.of(FlowController.DropReason.TIMEOUT, 1L), 0, 0L));
    VirtualTime.expect("timers", scene.time.pending(), 0);
  }

  static void overflowRules() {
    overflows(FlowController.Overflow.DROP_OLDEST, "{OLDEST=2}", 0, List.of(0, 1, 2, 3, 6, 7, 8, 9, 10, 11));
    overflows(FlowController.Overflow.DROP_NEWEST, "{NEWEST=2}", 2, count(0, 10));
    overflows(FlowController.Overflow.SAMPLE, "{SAMPLED=3}", 3, List.of(0, 1, 2, 3, 4, 5, 6, 7, 11));
  }

  private static void overflows(FlowController.Overflow rule, String dropped, int refused, List<Integer> left) {
    FlowControllerTest scene = new FlowControllerTest(options -> {
      options.overflow = rule;
      options.sampleRate = 0.25;
    });
    scene.delay = 1000;
    VirtualTime.expect("refused", scene.pushAll(0, 12), refused);
    VirtualTime.expect("dropped", scene.controller.metrics().dropped().toString(), dropped);
    CompletableFuture<List<Integer>> drained = scene.controller.startDrain(MINUTE);
    scene.time.advance(5000);
    VirtualTime.expect("left", drained.join(), List.of());
    VirtualTime.expect(rule.name(), scene.delivered, left);
  }

  static void aFailedFlushLosesNothingAndKeepsTheOrder() {
    FlowControllerTest scene = scene();
    scene.answer = FlowControllerTest::away;
    scene.pushAll(0, 8);
    scene.time.advance(25);
    VirtualTime.expect("held", scene.controller.metrics().held(), 8);
    VirtualTime.expect("calls", scene.calls, List.of(0L, 20L));
    VirtualTime.expect("errors", scene.errors.size(), 2);
    scene.answer = batch -> {
      scene.answer = second -> {
        scene.answer = third -> List.of();
        return List.of(FlowController.Outcome.FLUSHED, FlowController.Outcome.RETRY, FlowController.Outcome.FAILED,
            FlowController.Outcome.RETRY);
      };
      return List.of(FlowController.Outcome.FLUSHED);
    };
    scene.time.advance(2000);
    VirtualTime.expect("order", scene.delivered, List.of(0, 1, 3, 4, 5, 6, 7));
    VirtualTime.expect("failed", scene.controller.metrics().failed(), 1L);
  }

  static void theIntervalAdaptsBothWays() {
    FlowControllerTest scene = new FlowControllerTest(options -> {
      options.capacity = 40;
      options.batchSize = 20;
    });
    for (int round = 0; round < 20; round++) {
      scene.pushAll(0, 1);
      scene.time.advance(200);
    }
    VirtualTime.expect("idle", scene.controller.metrics().flushInterval(), Duration.ofMillis(160));
    scene.delay = 1000;
    for (int round = 0; round < 6; round++) {
      scene.pushAll(0, 40 - scene.controller.metrics().held());
      scene.time.advance(1001);
    }
    VirtualTime.expect("pressed", scene.controller.metrics().flushInterval(), Duration.ofMillis(10));
    scene.answer = FlowControllerTest::away;
    scene.pushAll(0, 1);
    scene.time.advance(10_000);
    VirtualTime.expect("failing", scene.controller.metrics().flushInterval(), Duration.ofMillis(160));
  }

  static void theCircuitOpensAndCloses() {
    FlowControllerTest scene = new FlowControllerTest(options -> {
      options.failuresToOpen = 3;
      options.open = Duration.ofSeconds(5);
    });
    scene.answer = FlowControllerTest::away;
    scene.pushAll(0, 10);
    scene.time.advance(4900);
    VirtualTime.expect("calls", scene.calls.size(), 3);
    VirtualTime.expect("open", scene.controller.metrics().circuit(), FlowController.Circuit.OPEN);
    scene.answer = batch -> List.of();
    scene.delay = 1000;
    scene.time.advance(500);
    VirtualTime.expect("half-open", scene.controller.metrics().circuit(), FlowController.Circuit.HALF_OPEN);
    scene.time.advance(5000);
    VirtualTime.expect("closed", scene.controller.metrics().circuit(), FlowController.Circuit.CLOSED);
    VirtualTime.expect("flushed", scene.controller.metrics().flushed(), 10L);
  }

  static void aDrainEndsWithinItsLimit() {
    for (double delay : List.of(0.0, -1.0)) {
      FlowControllerTest scene = new FlowControllerTest(options -> options.failuresToOpen = 1);
      scene.answer = FlowControllerTest::away;
      scene.delay = delay;
      scene.pushAll(0, 10);
      CompletableFuture<Boolean> waiting = scene.controller.offer(10);
      CompletableFuture<List<Integer>> drained = scene.controller.startDrain(Duration.ofMillis(200));
      VirtualTime.expect("sent home", waiting.getNow(true), false);
      scene.time.advance(199);
      VirtualTime.expect("still drains", drained.isDone(), false);
      scene.time.advance(1);
      VirtualTime.expect("left", drained.getNow(List.of()), count(0, 10));
      VirtualTime.expect("late", scene.controller.offer(11).getNow(true), false);
      int tried = scene.calls.size();
      VirtualTime.expect("the circuit is not waited for: " + tried, tried >= 20 || delay < 0, true);
      scene.time.advance(3_600_000);
      VirtualTime.expect("tries afterwards", scene.calls.size(), tried);
      VirtualTime.expect("balance", missing(scene.controller.metrics()), 0L);
      VirtualTime.expect("timers", scene.time.pending(), 0);
    }
  }

  static void refusesOptionsThatContradictEachOther() {
    List<Consumer<FlowController.Options>> wrong = List.of(
        options -> options.capacity = 0,
        options -> options.batchSize = 11,
        options -> options.lowWatermark = 0.9,
        options -> options.sampleRate = 0,
        options -> options.minFlush = MINUTE);
    for (Consumer<FlowController.Options> change : wrong) {
      try {
        new FlowControllerTest(change);
      } catch (IllegalArgumentException expected) {
        continue;
      }
      throw new AssertionError("accepted");
    }
  }

  static void balancesAlways() {
    for (int seed = 0; seed < 300; seed++) {
      balances(seed);
    }
  }

  private static void balances(int seed) {
    Random random = new Random(seed);
    boolean isWhole = seed % 2 == 0;
    FlowControllerTest scene = new FlowControllerTest(options -> {
      options.overflow = FlowController.Overflow.values()[random.nextInt(4)];
      options.maxBlock = Duration.ofMillis(500);
      options.open = Duration.ofSeconds(1);
    });
    scene.answer = batch -> {
      scene.delay = List.of(0, 3, 400).get(random.nextInt(3));
      int how = random.nextInt(3);
      if (how == 0) {
        return away(batch);
      }
      return isWhole || how == 1
          ? List.of()
          : batch.stream().map(item -> FlowController.Outcome.values()[random.nextInt(3)]).toList();
    };
    Set<Integer> refused = new HashSet<>();
    int offered = 0;
    for (int step = 0; step < 25; step++) {
      for (int pushes = random.nextInt(6); pushes > 0; pushes--) {
        int item = offered++;
        scene.controller.offer(item).thenAccept(isAccepted -> {
          if (!isAccepted) {
            refused.add(item);
          }
        });
      }
      scene.time.advance(List.of(0, 1, 10, 100, 2000).get(random.nextInt(5)));
      FlowController.Metrics metrics = scene.controller.metrics();
      VirtualTime.expect("balance", List.of(missing(metrics), metrics.accepted() + metrics.waiting()),
          List.of(0L, (long) offered));
      VirtualTime.expect("within the capacity", metrics.held() <= 10, true);
    }
    CompletableFuture<List<Integer>> left =
        scene.controller.startDrain(Duration.ofMillis(List.of(0, 50, 5000).get(random.nextInt(3))));
    scene.time.advance(60_000);
    FlowController.Metrics metrics = scene.controller.metrics();
    VirtualTime.expect("balance", List.of(missing(metrics), metrics.accepted(), metrics.flushed()),
        List.of(0L, (long) offered, (long) scene.delivered.size()));
    VirtualTime.expect("once", new HashSet<>(scene.delivered).size(), scene.delivered.size());
    VirtualTime.expect("refused ones", scene.delivered.stream().anyMatch(refused::contains), false);
    VirtualTime.expect("left ones", left.join().stream().anyMatch(refused::contains), false);
    if (isWhole) {
      VirtualTime.expect("order of " + seed, scene.delivered, scene.delivered.stream().sorted().toList());
    }
  }

  /** With real threads and the clock of the machine. */
  static void threadsLoseNothing() throws Exception {
    FlowController.Options options = new FlowController.Options();
    options.capacity = 16;
    options.batchSize = 8;
    options.minFlush = Duration.ofNanos(100_000);
    options.maxFlush = Duration.ofMillis(1);
    options.failuresToOpen = 1_000_000;
    ConcurrentLinkedQueue<Integer> delivered = new ConcurrentLinkedQueue<>();
    Random random = new Random(1);
    FlowController<Integer> controller = new FlowController<>(batch -> {
      if (random.nextInt(4) == 0) {
        return away(batch);
      }
      delivered.addAll(batch);
      return List.of();
    }, options);
    List<Thread> producers = IntStream.range(0, 4).mapToObj(producer -> new Thread(() -> {
      try {
        for (int item = producer * 10_000; item < producer * 10_000 + 2000; item++) {
          VirtualTime.expect("accepted", controller.push(item), true);
        }
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    })).toList();
    producers.forEach(Thread::start);
    for (Thread producer : producers) {
      producer.join();
    }
    VirtualTime.expect("left", controller.drain(MINUTE), List.of());
    VirtualTime.expect("all", delivered.size(), 8000);
    for (int producer = 0; producer < 4; producer++) {
      int start = producer * 10_000;
      List<Integer> own = delivered.stream().filter(item -> item / 10_000 == start / 10_000).toList();
      VirtualTime.expect("order", own, count(start, start + 2000));
    }
  }

  public static void main(String[] args) throws Exception {
    flushesAFullBatchAtOnceAndTheRestAfterTheInterval();
    passesThroughEveryState();
    wakesBlockedProducersAtOnceInTheirOrder();
    aBlockedProducerTimesOutOrIsInterrupted();
    overflowRules();
    aFailedFlushLosesNothingAndKeepsTheOrder();
    theIntervalAdaptsBothWays();
    theCircuitOpensAndCloses();
    aDrainEndsWithinItsLimit();
    refusesOptionsThatContradictEachOther();
    balancesAlways();
    threadsLoseNothing();
    System.out.println("all held");
  }
}
