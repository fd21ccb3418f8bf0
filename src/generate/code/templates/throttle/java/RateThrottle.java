import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket that all producers share, first come first served, whose rate gives way when the consumers fall
 * behind. A change of the rate holds for those who wait already.
 */
public final class RateThrottle {
  /** Items a second that may pass while nobody falls behind. */
  private static final double DEFAULT_RATE = 100;

  /** Where time comes from, so that a test can bring its own. */
  public interface Time {
    /** Nanoseconds that never go back. */
    long nanos();

    /** Runs something short once after so many nanoseconds, and returns how to call it off. */
    Runnable after(long nanos, Runnable task);
  }

  /** Rates and times. Set before the throttle is made. */
  public static final class Options {
    /** Items a second. */
    public double maxRate = DEFAULT_RATE;
    public double minRate = 1;
    /** How many may pass at once after a pause. */
    public int burst = 10;
    /** From the high lag on the rate is cut, up to the low one it recovers, between them it stays. As report tells. */
    public double highLag = 60;
    public double lowLag = 10;
    /** What a cut leaves of the rate. The next comes after cutEvery at the earliest: a cut needs time to show. */
    public double cut = 0.5;
    public Duration cutEvery = Duration.ofSeconds(10);
    /** How long the rate takes from minRate to maxRate. */
    public Duration recovery = Duration.ofMinutes(5);

    private boolean isSound() {
      return 0 < minRate && minRate <= maxRate && Double.isFinite(maxRate) && burst >= 1 && lowLag <= highLag
          && 0 < cut && cut < 1 && cutEvery.toNanos() > 0 && recovery.toNanos() > 0;
    }
  }

  private final Options options;
  private final Time time;
  private final Set<CompletableFuture<Void>> waiting = new LinkedHashSet<>();
  private Runnable callOff = () -> {};
  private double rate;
  private double tokens;
  /** When {@code tokens} was right. */
  private long filled;
  private long reported;
  private boolean wasCut;
  private long lastCut;

  /** A throttle with a full bucket. */
  public RateThrottle(Options options) {
    this(options, systemTime());
  }

  /** @throws IllegalArgumentException when options contradict each other */
  public RateThrottle(Options options, Time time) {
    if (!options.isSound()) {
      throw new IllegalArgumentException("want 0 < min ≤ max rate, burst ≥ 1, low ≤ high lag, 0 < cut < 1");
    }
    this.options = options;
    this.time = time;
    this.rate = options.maxRate;
    this.tokens = options.burst;
    this.filled = time.nanos();
    this.reported = filled;
  }

  /** How many items a second may pass now. */
  public synchronized double rate() {
    return rate;
  }

  /**
   * Waits until the caller may send one item.
   *
   * @throws InterruptedException while it waited; then no token is used
   */
  public void take() throws InterruptedException {
    CompletableFuture<Void> turn = request();
    try {
      turn.get();
    } catch (InterruptedException interrupted) {
      leave(turn);
      throw interrupted;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Tells how far the consumers are behind, as often as it is measured. Without reports the rate stays. */
  public synchronized void report(double lag) {
    fill();
    long now = filled;
    // After a silence nobody knows what happened in it, so that one report is not worth more than a short time.
    double sinceReport = Math.min(now - reported, options.cutEvery.toNanos());
    reported = now;
    if (lag >= options.highLag && (!wasCut || now - lastCut >= options.cutEvery.toNanos())) {
      rate = Math.max(options.minRate, rate * options.cut);
      lastCut = now;
      wasCut = true;
    } else if (lag <= options.lowLag) {
      double gained = (options.maxRate - options.minRate) * sinceReport / options.recovery.toNanos();
      rate = Math.min(options.maxRate, rate + gained);
    }
    serve();
  }

  /** As take, without waiting for the turn. */
  synchronized CompletableFuture<Void> request() {
    fill();
    if (waiting.isEmpty() && tokens >= 1) {
      tokens--;
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> turn = new CompletableFuture<>();
    waiting.add(turn);
    serve();
    return turn;
  }

  /** Gives a turn up; when it came at the same moment, its token goes to the next. */
  synchronized void leave(CompletableFuture<Void> turn) {
    if (!waiting.remove(turn)) {
      tokens++;
    }
    serve();
  }

  private void fill() {
    long now = time.nanos();
    tokens = Math.min(options.burst, tokens + (now - filled) / 1e9 * rate);
    filled = now;
  }

  /** Lets pass who can, and sets the one timer to when the next one can. */
  private synchronized void serve() {
    fill();
    while (!waiting.isEmpty() && tokens >= 1) {
      CompletableFuture<Void> turn = waiting.iterator().next();
      tokens--;
      waiting.remove(turn);
      turn.complete(null);
    }
    callOff.run();
    callOff = () -> {};
    if (!waiting.isEmpty()) {
      // A nanosecond more, so that rounding never wakes it early.
      callOff = time.after((long) ((1 - tokens) / rate * 1e9) + 1, this::serve);
    }
  }

  private static Time systemTime() {
    ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, "rate-throttle");
      thread.setDaemon(true);
      return thread;
    });
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
