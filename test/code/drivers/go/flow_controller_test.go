package flowcontroller

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var errAway = errors.New("the sink is away")

// sink answers as told; what it delivered is kept. The tests run on synctest's clock, so that nobody really waits.
type sink struct {
	mu        sync.Mutex
	answer    func(ctx context.Context, batch []int) ([]FlowControllerOutcome, error)
	delivered []int
	tries     int
}

func (s *sink) flush(ctx context.Context, batch []int) ([]FlowControllerOutcome, error) {
	s.mu.Lock()
	s.tries++
	answer := s.answer
	s.mu.Unlock()
	outcomes, err := answer(ctx, batch)
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, item := range batch {
		if err == nil && (len(outcomes) == 0 || outcomes[i] == FlowControllerFlushed) {
			s.delivered = append(s.delivered, item)
		}
	}
	return outcomes, err
}

func (s *sink) set(answer func(ctx context.Context, batch []int) ([]FlowControllerOutcome, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

func (s *sink) got() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.delivered)
}

func (s *sink) calls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tries
}

func works(context.Context, []int) ([]FlowControllerOutcome, error)   { return nil, nil }
func failing(context.Context, []int) ([]FlowControllerOutcome, error) { return nil, errAway }
func slow(d time.Duration) func(context.Context, []int) ([]FlowControllerOutcome, error) {
	return func(context.Context, []int) ([]FlowControllerOutcome, error) {
		time.Sleep(d)
		return nil, nil
	}
}

// stuck does not even listen to its context, for as long as any test lasts.
func stuck(context.Context, []int) ([]FlowControllerOutcome, error) {
	time.Sleep(24 * time.Hour)
	return nil, errAway
}

func scene(t *testing.T, change func(*FlowControllerOptions)) (*FlowController[int], *sink) {
	t.Helper()
	options := DefaultFlowControllerOptions()
	options.Capacity, options.BatchSize = 10, 4
	options.MinFlush, options.MaxFlush = 10*time.Millisecond, 160*time.Millisecond
	if change != nil {
		change(&options)
	}
	s := &sink{answer: works}
	c, err := NewFlowController(s.flush, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Drain(0)
		time.Sleep(25 * time.Hour) // A bubble ends once every goroutine in it has, that of a stuck call too.
	})
	return c, s
}

func pushAll(t *testing.T, c *FlowController[int], from, to int) (dropped int) {
	t.Helper()
	for item := from; item < to; item++ {
		if err := c.Push(t.Context(), item); err != nil {
			dropped++
		}
	}
	return dropped
}

func expect(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func count(from, to int) (items []int) {
	for item := from; item < to; item++ {
		items = append(items, item)
	}
	return items
}

func balance(m FlowControllerMetrics) (missing int) {
	missing = m.Accepted - m.Flushed - m.Held - m.Failed
	for _, dropped := range m.Dropped {
		missing -= dropped
	}
	return missing
}

func TestFlushesAFullBatchAtOnceAndTheRestAfterTheInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := scene(t, nil)
		pushAll(t, c, 0, 6)
		synctest.Wait()
		expect(t, "at once", s.got(), count(0, 4))
		time.Sleep(11 * time.Millisecond)
		expect(t, "later", s.got(), count(0, 6))
		m := c.Metrics()
		expect(t, "latency", m.LatencySum, 20*time.Millisecond)
		expect(t, "longest", m.LatencyMax, 10*time.Millisecond)
	})
}

func TestPassesThroughEveryState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var states []FlowControllerState
		c, s := scene(t, func(o *FlowControllerOptions) {
			o.BatchSize = 2
			o.OnState = func(state FlowControllerState) { states = append(states, state) }
		})
		s.set(slow(time.Second))
		pushAll(t, c, 0, 10)
		time.Sleep(2500 * time.Millisecond)
		expect(t, "between the watermarks", c.Metrics().State, FlowControllerCritical)
		time.Sleep(time.Second)
		c.Drain(time.Minute)
		expect(t, "states", states, []FlowControllerState{"elevated", "critical", "blocked", "critical", "normal", "draining"})
	})
}

func TestWakesProducersAtOnceInTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := scene(t, nil)
		s.set(slow(time.Second))
		began := time.Now()
		pushAll(t, c, 0, 10)
		var mu sync.Mutex
		var woken []string
		for item := 10; item < 16; item++ {
			go func() {
				err := c.Push(t.Context(), item)
				mu.Lock()
				defer mu.Unlock()
				woken = append(woken, fmt.Sprint(time.Since(began), err))
			}()
			synctest.Wait()
		}
		expect(t, "waiting", c.Metrics().Waiting, 6)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		slices.Sort(woken)
		expect(t, "woken", woken, []string{"1s <nil>", "1s <nil>", "1s <nil>", "1s <nil>", "2s <nil>", "2s <nil>"})
		expect(t, "order", s.got(), count(0, 16))
	})
}

func TestABlockedProducerTimesOutOrIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := scene(t, func(o *FlowControllerOptions) { o.MaxBlock = 300 * time.Millisecond })
		s.set(slow(time.Hour))
		pushAll(t, c, 0, 10)
		began := time.Now()
		expect(t, "timeout", c.Push(t.Context(), 10), error(FlowControllerDropped("timeout")))
		expect(t, "waited", time.Since(began), 300*time.Millisecond)
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Millisecond, errAway)
		defer cancel()
		expect(t, "cancelled", c.Push(ctx, 11), errAway)
		m := c.Metrics()
		expect(t, "accepted", []int{m.Accepted, m.Dropped["timeout"], m.Waiting, balance(m)}, []int{11, 1, 0, 0})
	})
}

func TestOverflowRules(t *testing.T) {
	for rule, want := range map[FlowControllerOverflow]struct {
		reason  FlowControllerDropped
		dropped int
		left    []int
	}{
		FlowControllerDropOldest: {"oldest", 0, []int{0, 1, 2, 3, 6, 7, 8, 9, 10, 11}},
		FlowControllerDropNewest: {"newest", 2, count(0, 10)},
		FlowControllerSample:     {"sampled", 3, []int{0, 1, 2, 3, 4, 5, 6, 7, 11}},
	} {
		synctest.Test(t, func(t *testing.T) {
			c, s := scene(t, func(o *FlowControllerOptions) { o.Overflow, o.SampleRate = rule, 0.25 })
			s.set(slow(time.Second))
			expect(t, "refused", pushAll(t, c, 0, 12), want.dropped)
			expect(t, "reason", c.Metrics().Dropped[want.reason], max(want.dropped, 12-len(want.left)))
			expect(t, "left", c.Drain(time.Minute), []int{})
			expect(t, string(rule), s.got(), want.left)
		})
	}
}

func TestAFailedFlushLosesNothingAndKeepsTheOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var errs []error
		c, s := scene(t, func(o *FlowControllerOptions) { o.OnError = func(err error) { errs = append(errs, err) } })
		s.set(failing)
		pushAll(t, c, 0, 8)
		time.Sleep(25 * time.Millisecond)
		m := c.Metrics()
		expect(t, "figures", []int{m.Held, m.Flushed, m.FailedFlushes, len(errs)}, []int{8, 0, 2, 2})
		s.set(func(context.Context, []int) ([]FlowControllerOutcome, error) { panic("a bug") })
		time.Sleep(100 * time.Millisecond)
		s.set(func(context.Context, []int) ([]FlowControllerOutcome, error) {
			s.set(works)
			return []FlowControllerOutcome{FlowControllerFlushed, FlowControllerRetry, FlowControllerFailed, FlowControllerRetry}, nil
		})
		time.Sleep(time.Second)
		expect(t, "order", s.got(), []int{0, 1, 3, 4, 5, 6, 7})
		expect(t, "failed", c.Metrics().Failed, 1)
	})
}

func TestTheIntervalAdaptsBothWays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := scene(t, func(o *FlowControllerOptions) { o.Capacity, o.BatchSize = 40, 20 })
		for range 20 {
			pushAll(t, c, 0, 1)
			time.Sleep(200 * time.Millisecond)
		}
		expect(t, "idle", c.Metrics().Flush, 160*time.Millisecond)
		s.set(slow(time.Second))
		for range 6 {
			pushAll(t, c, 0, 40-c.Metrics().Held)
			time.Sleep(1001 * time.Millisecond)
		}
		expect(t, "pressed", c.Metrics().Flush, 10*time.Millisecond)
		s.set(failing)
		pushAll(t, c, 0, 1)
		time.Sleep(5 * time.Second)
		expect(t, "failing", c.Metrics().Flush, 160*time.Millisecond)
	})
}

func TestTheCircuitOpensAndCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := scene(t, func(o *FlowControllerOptions) { o.FailuresToOpen, o.Open = 3, 5*time.Second })
		s.set(failing)
		pushAll(t, c, 0, 10)
		time.Sleep(4900 * time.Millisecond)
		expect(t, "open", []any{c.Metrics().Circuit, s.calls()}, []any{"open", 3})
		s.set(slow(time.Second))
		time.Sleep(500 * time.Millisecond)
		expect(t, "half-open", c.Metrics().Circuit, "half-open")
		time.Sleep(5 * time.Second)
		expect(t, "closed", []any{c.Metrics().Circuit, c.Metrics().Flushed}, []any{"closed", 10})
	})
}

func TestADrainEndsWithinItsLimit(t *testing.T) {
	for name, answer := range map[string]func(context.Context, []int) ([]FlowControllerOutcome, error){
		"failing": failing, "stuck": stuck,
	} {
		synctest.Test(t, func(t *testing.T) {
			c, s := scene(t, func(o *FlowControllerOptions) { o.FailuresToOpen = 1 })
			s.set(answer)
			pushAll(t, c, 0, 10)
			waiting := make(chan error, 1)
			go func() { waiting <- c.Push(t.Context(), 10) }()
			synctest.Wait()
			began := time.Now()
			expect(t, name+": left", c.Drain(205*time.Millisecond), count(0, 10))
			expect(t, name+": time", time.Since(began), 205*time.Millisecond)
			expect(t, name+": waiting", <-waiting, error(FlowControllerDropped("draining")))
			expect(t, name+": late", c.Push(t.Context(), 11), error(FlowControllerDropped("draining")))
			tried := s.calls()
			if name == "failing" && tried < 20 {
				t.Errorf("tried %d times, though the circuit is not waited for", tried)
			}
			time.Sleep(time.Hour)
			expect(t, name+": tries afterwards", s.calls(), tried)
			expect(t, name+": balance", balance(c.Metrics()), 0)
		})
	}
}

func TestRefusesOptionsThatContradictEachOther(t *testing.T) {
	for _, change := range []func(*FlowControllerOptions){
		func(o *FlowControllerOptions) { o.Capacity = 0 },
		func(o *FlowControllerOptions) { o.BatchSize = o.Capacity + 1 },
		func(o *FlowControllerOptions) { o.LowWatermark = 0.9 },
		func(o *FlowControllerOptions) { o.SampleRate = 0 },
		func(o *FlowControllerOptions) { o.MinFlush = time.Hour },
	} {
		options := DefaultFlowControllerOptions()
		change(&options)
		if _, err := NewFlowController(works, options); err == nil {
			t.Errorf("accepted %+v", options)
		}
	}
}

// Whatever the sink and several producers do, everything accepted is somewhere, once.
func TestBalancesAlways(t *testing.T) {
	rules := []FlowControllerOverflow{FlowControllerBlock, FlowControllerDropOldest, FlowControllerDropNewest, FlowControllerSample}
	for seed := range int64(200) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewSource(seed))
			isWhole, isEarly := seed%2 == 0, random.Intn(2) == 0
			limit := []time.Duration{0, 50, 5000}[random.Intn(3)] * time.Millisecond
			c, s := scene(t, func(o *FlowControllerOptions) {
				o.Overflow, o.MaxBlock, o.Open = rules[random.Intn(len(rules))], 400*time.Millisecond, time.Second
			})
			s.set(func(_ context.Context, batch []int) ([]FlowControllerOutcome, error) {
				s.mu.Lock()
				delay, how, part := random.Intn(3), random.Intn(3), make([]FlowControllerOutcome, len(batch))
				for i := range part {
					part[i] = FlowControllerOutcome(random.Intn(3))
				}
				s.mu.Unlock()
				time.Sleep([]time.Duration{0, 3, 400}[delay] * time.Millisecond)
				if how == 0 {
					return nil, errAway
				}
				if isWhole || how == 1 {
					return nil, nil
				}
				return part, nil
			})
			var producers sync.WaitGroup
			var mu sync.Mutex
			refused := map[int]bool{}
			for producer := range 4 {
				producers.Go(func() {
					own := rand.New(rand.NewSource(seed*10 + int64(producer)))
					for item := range 15 {
						if c.Push(t.Context(), producer*1000+item) != nil {
							mu.Lock()
							refused[producer*1000+item] = true
							mu.Unlock()
						}
						time.Sleep(time.Duration(own.Intn(30)) * time.Millisecond)
						expect(t, "balance", balance(c.Metrics()), 0)
					}
				})
			}
			if isEarly {
				time.Sleep(200 * time.Millisecond)
			} else {
				producers.Wait()
			}
			left := c.Drain(limit)
			producers.Wait()
			time.Sleep(time.Minute)
			m := c.Metrics()
			expect(t, "balance", []int{balance(m), m.Accepted, m.Flushed}, []int{0, 60, len(s.got())})
			seen := map[int]bool{}
			last := map[int]int{}
			for _, item := range s.got() {
				if seen[item] || refused[item] {
					t.Errorf("seed %d: %d was delivered twice, or though it was refused", seed, item)
				}
				seen[item] = true
				if isWhole && item < last[item/1000] {
					t.Errorf("seed %d: %d came after %d", seed, item, last[item/1000])
				}
				last[item/1000] = item
			}
			for _, item := range left {
				if refused[item] {
					t.Errorf("seed %d: %d is left though it was refused", seed, item)
				}
			}
		})
	}
}
