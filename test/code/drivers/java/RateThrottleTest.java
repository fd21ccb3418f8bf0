import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** In virtual time, but for what interruption does. */
public final class RateThrottleTest implements RateThrottle.Time {
  private final VirtualTime time = new VirtualTime();
  private final RateThrottle throttle;
  private int timers;

  private RateThrottleTest(Consumer<RateThrottle.Options> change) {
    RateThrottle.Options options = new RateThrottle.Options();
    change.accept(options);
    throttle = new RateThrottle(options, this);
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public Runnable after(long nanos, Runnable task) {
    timers++;
    return time.after(nanos, task);
  }

  private void produce(int[] passed, int producer) {
    passed[producer]++;
    throttle.request().thenRun(() -> later(passed, producer));
  }

  /** Off the stack of the one who serves. */
  private void later(int[] passed, int producer) {
    time.after(0, () -> produce(passed, producer));
  }

  private static void near(String what, double got, double want) {
    if (Math.abs(got - want) > 1e-6 * want) {
      throw new AssertionError(what + ": got " + got + ", want " + want);
    }
  }

  static void allProducersTogetherKeepToTheRate() {
    RateThrottleTest scene = new RateThrottleTest(options -> {});
    int[] passed = {-1, -1, -1, -1};
    IntStream.range(0, 4).forEach(producer -> scene.produce(passed, producer));
    scene.time.advance(10_000);
    int all = IntStream.of(passed).sum();
    VirtualTime.expect("all: " + all, all == 1009 || all == 1010, true);
    for (int own : passed) {
      VirtualTime.expect("own: " + own, own > 240 && own < 265, true);
    }
  }

  static void servesInOrderWithOneTimerEach() {
    RateThrottleTest scene = new RateThrottleTest(options -> {
      options.maxRate = 1;
      options.burst = 1;
    });
    List<String> turns = new ArrayList<>();
    List<CompletableFuture<Void>> waiting = new ArrayList<>();
    for (int who = 0; who < 4; who++) {
      String name = who + " at ";
      CompletableFuture<Void> turn = scene.throttle.request();
      waiting.add(turn);
      turn.thenRun(() -> turns.add(name + Math.round(scene.nanos() / 1e9)));
    }
    scene.time.advance(500);
    scene.throttle.leave(waiting.get(2));
    int set = scene.timers;
    scene.time.advance(10_000);
    VirtualTime.expect("turns", turns, List.of("0 at 0", "1 at 1", "3 at 2"));
    VirtualTime.expect("timers", scene.timers - set, 1);
    VirtualTime.expect("pending", scene.time.pending(), 0);
    scene.time.advance(10_000);
    scene.throttle.request();
    CompletableFuture<Void> served = scene.throttle.request();
    scene.time.advance(1001);
    VirtualTime.expect("served", served.isDone(), true);
    scene.throttle.leave(served);
    VirtualTime.expect("its token is not lost", scene.throttle.request().isDone(), true);
  }

  static void anInterruptedOneUsesNothing() throws Exception {
    RateThrottleTest scene = new RateThrottleTest(options -> options.burst = 1);
    scene.throttle.take();
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread producer = new Thread(() -> {
      try {
        scene.throttle.take();
      } catch (InterruptedException expected) {
        interrupted.countDown();
      }
    });
    producer.start();
    producer.interrupt();
    interrupted.await();
    VirtualTime.expect("timers", scene.time.pending(), 0);
    scene.time.advance(10);
    VirtualTime.expect("the token is there", scene.throttle.request().isDone(), true);
  }

  static void isCutOnLagAndRecoversGradually() {
    RateThrottleTest scene = new RateThrottleTest(options -> {});
    scene.report(100, 10);
    near("one cut in its time", scene.throttle.rate(), 50);
    scene.report(100, 300);
    near("never below", scene.throttle.rate(), 1);
    scene.throttle.report(30);
    near("between", scene.throttle.rate(), 1);
    scene.report(5, 150);
    near("half-way", scene.throttle.rate(), 1 + 99 / 2.0);
    scene.time.advance(3_600_000);
    scene.throttle.report(5);
    near("after a silence", scene.throttle.rate(), 1 + 99 / 2.0 + 99 / 30.0);
    scene.report(5, 300);
    near("never above", scene.throttle.rate(), 100);
  }

  private void report(double lag, int seconds) {
    for (int second = 0; second < seconds; second++) {
      time.advance(1000);
      throttle.report(lag);
    }
  }

  static void aCutHoldsForThoseWhoWaitAlready() {
    RateThrottleTest scene = new RateThrottleTest(options -> {
      options.maxRate = 2;
      options.burst = 1;
    });
    scene.throttle.request();
    CompletableFuture<Void> turn = scene.throttle.request();
    scene.time.advance(250);
    scene.throttle.report(1000);
    scene.time.advance(499);
    VirtualTime.expect("too early", turn.isDone(), false);
    scene.time.advance(2);
    VirtualTime.expect("in time", turn.isDone(), true);
  }

  static void aRecoveryWakesThoseWhoWaitSooner() {
    RateThrottleTest scene = new RateThrottleTest(options -> {
      options.maxRate = 1;
      options.minRate = 0.01;
      options.burst = 1;
      options.cutEvery = Duration.ofSeconds(1);
      options.recovery = Duration.ofSeconds(1);
    });
    scene.throttle.request();
    scene.throttle.report(1000);
    CompletableFuture<Void> turn = scene.throttle.request();
    scene.report(5, 1);
    scene.time.advance(501);
    VirtualTime.expect("woken sooner", turn.isDone(), true);
  }

  static void refusesRatesThatContradictEachOther() {
    List<Consumer<RateThrottle.Options>> wrong = List.of(
        options -> options.maxRate = 0,
        options -> options.minRate = 101,
        options -> options.maxRate = Double.NaN,
        options -> options.burst = 0,
        options -> options.lowLag = 61,
        options -> options.cut = 1);
    for (Consumer<RateThrottle.Options> change : wrong) {
      try {
        new RateThrottleTest(change);
      } catch (IllegalArgumentException expected) {
        continue;
      }
      throw new AssertionError("accepted");
    }
  }

  public static void main(String[] args) throws Exception {
    allProducersTogetherKeepToTheRate();
    servesInOrderWithOneTimerEach();
    anInterruptedOneUsesNothing();
    isCutOnLagAndRecoversGradually();
    aCutHoldsForThoseWhoWaitAlready();
    aRecoveryWakesThoseWhoWaitSooner();
    refusesRatesThatContradictEachOther();
    System.out.println("all held");
  }
}
