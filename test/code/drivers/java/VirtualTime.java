import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes only when a test says so. */
class VirtualTime {
  private record Timer(long at, Runnable task) {}

  private final List<Timer> timers = new ArrayList<>();
  private long now;

  public synchronized long nanos() {
    return now;
  }

  public synchronized Runnable after(long nanos, Runnable task) {
    Timer timer = new Timer(now + nanos, task);
    timers.add(timer);
    return () -> remove(timer);
  }

  private synchronized void remove(Timer timer) {
    timers.removeIf(other -> other == timer);
  }

  int pending() {
    return timers.size();
  }

  void advance(double millis) {
    long end = now + Math.round(millis * 1e6);
    for (;;) {
      Timer next = timers.stream().min(Comparator.comparingLong(Timer::at)).orElse(null);
      if (next == null || next.at > end) {
        now = end;
        return;
      }
      remove(next);
      now = Math.max(now, next.at);
      next.task.run();
    }
  }

  static void expect(String what, Object got, Object want) {
    if (!got.equals(want)) {
      throw new AssertionError(what + ": got " + got + ", want " + want);
    }
  }
}
