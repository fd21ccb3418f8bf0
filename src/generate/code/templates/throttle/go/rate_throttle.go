// Package ratethrottle keeps producers to a rate that gives way when the consumers fall behind.
package ratethrottle

import (
	"container/list"
	"context"
	"errors"
	"math"
	"sync"
	"time"
)

// rateThrottleDefaultRate is how many items a second may pass while nobody falls behind.
const rateThrottleDefaultRate = 100

// RateThrottleOptions are the rates and times of a throttle.
type RateThrottleOptions struct {
	// MaxRate and MinRate are items a second; Burst is how many may pass at once after a pause.
	MaxRate, MinRate float64
	Burst            int
	// From HighLag on the rate is cut, up to LowLag it recovers, between them it stays. In the unit of Report.
	HighLag, LowLag float64
	// Cut is what a cut leaves of the rate, above 0 and below 1. The next comes after CutEvery at the earliest, because
	// a cut needs time to show.
	Cut      float64
	CutEvery time.Duration
	// Recovery is how long the rate takes from MinRate to MaxRate.
	Recovery time.Duration
}

// DefaultRateThrottleOptions are options to start from; lag is in seconds there.
func DefaultRateThrottleOptions() RateThrottleOptions {
	return RateThrottleOptions{
		MaxRate: rateThrottleDefaultRate, MinRate: 1, Burst: 10, HighLag: 60, LowLag: 10,
		Cut: 0.5, CutEvery: 10 * time.Second, Recovery: 5 * time.Minute,
	}
}

// RateThrottle is a token bucket that all producers share. First come, first served.
//
// It is not golang.org/x/time/rate, because there those who wait already keep the rate they came at; here a cut, and
// a recovery, holds for them too.
type RateThrottle struct {
	options RateThrottleOptions

	mu       sync.Mutex
	rate     float64
	tokens   float64
	filled   time.Time // when tokens was right
	reported time.Time
	cut      time.Time
	waiting  list.List // of chan struct{}
	timer    *time.Timer
}

// NewRateThrottle makes a throttle with a full bucket. It runs nothing while nobody waits.
func NewRateThrottle(options RateThrottleOptions) (*RateThrottle, error) {
	isSound := 0 < options.MinRate && options.MinRate <= options.MaxRate && !math.IsInf(options.MaxRate, 0) &&
		options.Burst >= 1 && options.LowLag <= options.HighLag && 0 < options.Cut && options.Cut < 1 &&
		0 < options.CutEvery && 0 < options.Recovery
	if !isSound {
		return nil, errors.New("rate throttle: want 0 < min ≤ max rate, burst ≥ 1, low ≤ high lag, 0 < cut < 1")
	}
	now := time.Now()
	t := &RateThrottle{options: options, rate: options.MaxRate, tokens: float64(options.Burst), filled: now, reported: now}
	t.timer = time.AfterFunc(math.MaxInt64, t.tick)
	t.timer.Stop()
	return t, nil
}

// Wait returns nil when the caller may send one item, or the cause of ctx when that ended first: then no token is
// used.
func (t *RateThrottle) Wait(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	t.mu.Lock()
	t.fill()
	if t.waiting.Len() == 0 && t.tokens >= 1 {
		t.tokens--
		t.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	place := t.waiting.PushBack(turn)
	t.serve()
	t.mu.Unlock()

	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case <-turn: // The turn came at the same moment; the token goes to the next.
		t.tokens++
	default:
		t.waiting.Remove(place)
	}
	t.serve()
	return context.Cause(ctx)
}

// Report tells how far the consumers are behind, as often as it is measured. Without reports the rate stays.
func (t *RateThrottle) Report(lag float64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fill()
	now, o := t.filled, t.options
	// After a silence nobody knows what happened in it, so that one report is not worth more than a short time.
	sinceReport := min(now.Sub(t.reported), o.CutEvery)
	t.reported = now
	switch {
	case lag >= o.HighLag && (t.cut.IsZero() || now.Sub(t.cut) >= o.CutEvery):
		t.rate = max(o.MinRate, t.rate*o.Cut)
		t.cut = now
	case lag <= o.LowLag:
		t.rate = min(o.MaxRate, t.rate+(o.MaxRate-o.MinRate)*sinceReport.Seconds()/o.Recovery.Seconds())
	}
	t.serve()
}

// Rate is how many items a second may pass now.
func (t *RateThrottle) Rate() float64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rate
}

func (t *RateThrottle) tick() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.serve()
}

func (t *RateThrottle) fill() {
	now := time.Now()
	t.tokens = min(float64(t.options.Burst), t.tokens+now.Sub(t.filled).Seconds()*t.rate)
	t.filled = now
}

// serve lets pass who can, and sets the one timer to when the next one can.
func (t *RateThrottle) serve() {
	t.fill()
	for t.waiting.Len() > 0 && t.tokens >= 1 {
		t.tokens--
		close(t.waiting.Remove(t.waiting.Front()).(chan struct{}))
	}
	t.timer.Stop()
	if t.waiting.Len() > 0 {
		// A nanosecond more, so that rounding never wakes it early.
		t.timer.Reset(time.Duration((1-t.tokens)/t.rate*float64(time.Second)) + 1)
	}
}
