package ratethrottle

import (
	"context"
	"errors"
	"math"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func throttle(t *testing.T, change func(*RateThrottleOptions)) *RateThrottle {
	t.Helper()
	options := DefaultRateThrottleOptions()
	if change != nil {
		change(&options)
	}
	throttle, err := NewRateThrottle(options)
	if err != nil {
		t.Fatal(err)
	}
	return throttle
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-6*math.Abs(want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestAllProducersTogetherKeepToTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th := throttle(t, nil)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		var passed [4]atomic.Int64
		var producers sync.WaitGroup
		for producer := range 4 {
			producers.Go(func() {
				for th.Wait(ctx) == nil {
					passed[producer].Add(1)
				}
			})
		}
		producers.Wait()
		all := int64(0)
		for producer := range passed {
			own := passed[producer].Load()
			all += own
			if own < 240 || own > 262 {
				t.Errorf("producer %d got %d", producer, own)
			}
		}
		if all < 1009 || all > 1010 {
			t.Errorf("%d passed: 10 at once and 100 a second for 10 s are 1,010", all)
		}
	})
}

func TestServesInTheOrderOfArrivalAndACancelledOneUsesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th := throttle(t, func(o *RateThrottleOptions) { o.MaxRate, o.Burst = 1, 1 })
		if err := th.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		away := errors.New("away")
		ctx, cancel := context.WithCancelCause(t.Context())
		type turn struct {
			who int
			at  time.Duration
			err error
		}
		turns := make(chan turn, 3)
		began := time.Now()
		for who := range 3 {
			own := t.Context()
			if who == 1 {
				own = ctx
			}
			go func() {
				err := th.Wait(own)
				turns <- turn{who, time.Since(began).Round(time.Millisecond), err}
			}()
			synctest.Wait()
		}
		time.Sleep(500 * time.Millisecond)
		cancel(away)
		for _, want := range []turn{{1, 500 * time.Millisecond, away}, {0, time.Second, nil}, {2, 2 * time.Second, nil}} {
			if got := <-turns; got != want {
				t.Errorf("got %v, want %v", got, want)
			}
		}
		if err := th.Wait(ctx); !errors.Is(err, away) {
			t.Errorf("got %v from a context that had ended", err)
		}
	})
}

func TestIsCutOnLagAndRecoversGradually(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th := throttle(t, nil)
		for range 10 {
			th.Report(100)
			time.Sleep(time.Second)
		}
		near(t, "one cut in its time", th.Rate(), 50)
		for range 300 {
			th.Report(100)
			time.Sleep(time.Second)
		}
		near(t, "never below", th.Rate(), 1)
		th.Report(30)
		near(t, "between the limits", th.Rate(), 1)
		for range 150 {
			time.Sleep(time.Second)
			th.Report(5)
		}
		near(t, "half-way", th.Rate(), 1+99.0/2)
		time.Sleep(time.Hour)
		th.Report(5)
		near(t, "after a silence", th.Rate(), 1+99.0/2+99.0/30)
		for range 300 {
			time.Sleep(time.Second)
			th.Report(5)
		}
		near(t, "never above", th.Rate(), 100)
	})
}

func TestACutHoldsForThoseWhoWaitAlready(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th := throttle(t, func(o *RateThrottleOptions) { o.MaxRate, o.Burst = 2, 1 })
		_ = th.Wait(t.Context())
		began := time.Now()
		done := make(chan time.Duration)
		go func() {
			_ = th.Wait(t.Context())
			done <- time.Since(began).Round(time.Millisecond)
		}()
		time.Sleep(250 * time.Millisecond)
		th.Report(1000) // Half a token is left to wait for, now at one a second.
		if got := <-done; got != 750*time.Millisecond {
			t.Errorf("waited %v", got)
		}
	})
}

func TestARecoveryWakesThoseWhoWaitSooner(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th := throttle(t, func(o *RateThrottleOptions) {
			o.MaxRate, o.MinRate, o.Burst, o.CutEvery, o.Recovery = 1, 0.01, 1, time.Second, time.Second
		})
		_ = th.Wait(t.Context())
		th.Report(1000)
		began := time.Now()
		done := make(chan time.Duration)
		go func() {
			_ = th.Wait(t.Context())
			done <- time.Since(began).Round(time.Millisecond)
		}()
		time.Sleep(time.Second)
		th.Report(5)
		if got := <-done; got != 1500*time.Millisecond {
			t.Errorf("waited %v", got)
		}
	})
}

func TestRefusesRatesThatContradictEachOther(t *testing.T) {
	for _, change := range []func(*RateThrottleOptions){
		func(o *RateThrottleOptions) { o.MaxRate = 0 },
		func(o *RateThrottleOptions) { o.MinRate = 101 },
		func(o *RateThrottleOptions) { o.MaxRate = math.NaN() },
		func(o *RateThrottleOptions) { o.Burst = 0 },
		func(o *RateThrottleOptions) { o.LowLag = 61 },
		func(o *RateThrottleOptions) { o.Cut = 1 },
	} {
		options := DefaultRateThrottleOptions()
		change(&options)
		if _, err := NewRateThrottle(options); err == nil {
			t.Errorf("accepted %+v", options)
		}
	}
}
