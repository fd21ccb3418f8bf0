// Package flowcontroller is a bounded buffer between producers and a sink that may be slow, fail, or take only part
// of a batch.
package flowcontroller

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"
)

// FlowControllerState tells how full the buffer is.
type FlowControllerState string

// The states. Critical lasts from the high watermark until the low one; blocked means full.
const (
	FlowControllerNormal   FlowControllerState = "normal"
	FlowControllerElevated FlowControllerState = "elevated"
	FlowControllerCritical FlowControllerState = "critical"
	FlowControllerBlocked  FlowControllerState = "blocked"
	FlowControllerDraining FlowControllerState = "draining"
)

// FlowControllerOverflow is what happens to an item that finds the buffer full.
type FlowControllerOverflow string

// The rules. Sample thins out already from the high watermark on.
const (
	FlowControllerBlock      FlowControllerOverflow = "block"
	FlowControllerDropOldest FlowControllerOverflow = "drop-oldest"
	FlowControllerDropNewest FlowControllerOverflow = "drop-newest"
	FlowControllerSample     FlowControllerOverflow = "sample"
)

// FlowControllerDropped is the error of an item that was dropped, and says why: oldest, newest, sampled, timeout or
// draining.
type FlowControllerDropped string

func (reason FlowControllerDropped) Error() string {
	return "flow controller: dropped: " + string(reason)
}

// FlowControllerOutcome is what became of one item of a batch.
type FlowControllerOutcome int

// Delivered, to be tried again, or refused for good.
const (
	FlowControllerFlushed FlowControllerOutcome = iota
	FlowControllerRetry
	FlowControllerFailed
)

// FlowControllerSink delivers a batch. No outcomes and no error: all of it was delivered; else there is one outcome
// for each item. An error: none was. Give it a time limit of its own; ctx ends when a drain has run out of time.
type FlowControllerSink[T any] func(ctx context.Context, batch []T) ([]FlowControllerOutcome, error)

// FlowControllerOptions are the sizes and times of a controller.
type FlowControllerOptions struct {
	// Capacity is the most items held, those of a running flush among them; BatchSize the most in one call of the sink.
	Capacity, BatchSize int
	// LowWatermark and HighWatermark are shares of the capacity.
	LowWatermark, HighWatermark float64
	Overflow                    FlowControllerOverflow
	// SampleRate is the share of items that FlowControllerSample keeps, above 0 and at most 1.
	SampleRate float64
	// MaxBlock is how long FlowControllerBlock lets a producer wait at most.
	MaxBlock time.Duration
	// MinFlush and MaxFlush bound the longest wait of an item for its batch to fill, which adapts between them.
	MinFlush, MaxFlush time.Duration
	// FailuresToOpen failed flushes in a row open the circuit for Open; then one batch is tried.
	FailuresToOpen int
	Open           time.Duration
	// OnState hears of every change, OnError of every error of the sink. Neither may panic or call the controller.
	OnState func(FlowControllerState)
	OnError func(error)
}

// DefaultFlowControllerOptions are options to start from.
func DefaultFlowControllerOptions() FlowControllerOptions {
	return FlowControllerOptions{
		Capacity: 1000, BatchSize: 100, LowWatermark: 0.5, HighWatermark: 0.8,
		Overflow: FlowControllerBlock, SampleRate: 0.1, MaxBlock: 30 * time.Second,
		MinFlush: 10 * time.Millisecond, MaxFlush: time.Second, FailuresToOpen: 5, Open: 10 * time.Second,
		OnState: func(FlowControllerState) {}, OnError: func(error) {},
	}
}

func (o FlowControllerOptions) check() error {
	isSound := o.FailuresToOpen >= 1 && o.BatchSize >= 1 && o.BatchSize <= o.Capacity &&
		0 < o.LowWatermark && o.LowWatermark <= o.HighWatermark && o.HighWatermark <= 1 &&
		0 < o.SampleRate && o.SampleRate <= 1 && 0 < o.MinFlush && o.MinFlush <= o.MaxFlush
	if !isSound {
		return errors.New("flow controller: want 1 ≤ batch ≤ capacity, low ≤ high watermark ≤ 1, 0 < rate ≤ 1, " +
			"min ≤ max flush, failures ≥ 1")
	}
	return nil
}

// FlowControllerMetrics are the figures of one moment.
type FlowControllerMetrics struct {
	// Accepted counts the items whose Push was decided, those dropped among them.
	Accepted, Flushed, Held, Failed int
	Dropped                         map[FlowControllerDropped]int
	// Waiting is how many producers wait for room.
	Waiting int
	State   FlowControllerState
	// Circuit is closed, open or half-open.
	Circuit       string
	Flush         time.Duration
	FailedFlushes int
	// LatencySum and LatencyMax are from the acceptance of an item to its delivery.
	LatencySum, LatencyMax time.Duration
}

type flowControllerItem[T any] struct {
	item  T
	since time.Time
}

type flowControllerWaiter[T any] struct {
	item    T
	decided chan error
}

// FlowController holds items until its sink has taken them, and never more than its capacity.
//
// At every moment accepted = flushed + held + dropped + failed. A failed flush loses nothing and keeps the order; what
// it had delivered before it failed is delivered again (at least once). One call of the sink runs at a time.
type FlowController[T any] struct {
	sink    FlowControllerSink[T]
	options FlowControllerOptions
	ctx     context.Context
	stop    context.CancelFunc
	empty   chan struct{} // closed once a drain has nothing left

	mu        sync.Mutex
	queue     []flowControllerItem[T]
	flushing  []flowControllerItem[T]
	waiting   list.List // of *flowControllerWaiter[T], first come, first served
	timer     *time.Timer
	draining  bool
	notBefore time.Time // no flush starts before
	failures  int       // in a row
	sampled   int
	figures   FlowControllerMetrics
}

// NewFlowController makes a controller in front of a sink. It runs nothing while it holds nothing.
func NewFlowController[T any](sink FlowControllerSink[T], options FlowControllerOptions) (*FlowController[T], error) {
	if err := options.check(); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	c := &FlowController[T]{sink: sink, options: options, ctx: ctx, stop: stop, empty: make(chan struct{})}
	c.figures = FlowControllerMetrics{
		State: FlowControllerNormal, Flush: options.MinFlush, Dropped: make(map[FlowControllerDropped]int),
	}
	c.timer = time.AfterFunc(math.MaxInt64, c.tick)
	c.timer.Stop()
	return c, nil
}

// Push hands an item over. Under FlowControllerBlock it waits while the buffer is full. It returns nil,
// a FlowControllerDropped, or the cause of ctx: then the item was not accepted, and is counted nowhere.
func (c *FlowController[T]) Push(ctx context.Context, item T) error {
	c.mu.Lock()
	isFull := c.held() >= c.options.Capacity
	if isFull && !c.draining && c.options.Overflow == FlowControllerBlock {
		waiter := &flowControllerWaiter[T]{item: item, decided: make(chan error, 1)}
		place := c.waiting.PushBack(waiter)
		c.mu.Unlock()
		return c.wait(ctx, waiter, place)
	}
	defer c.mu.Unlock()
	isPressed := float64(c.held()) >= c.options.HighWatermark*float64(c.options.Capacity)
	switch {
	case c.draining:
		return c.drop("draining")
	case c.options.Overflow == FlowControllerSample && isPressed && !c.isSampled():
		return c.drop("sampled")
	case isFull && c.options.Overflow == FlowControllerDropOldest && len(c.queue) > 0:
		c.queue = c.queue[1:]
		c.figures.Dropped["oldest"]++
	case isFull: // What the sink is working on can no longer be dropped.
		return c.drop("newest")
	}
	c.take(item)
	c.plan()
	return nil
}

// Drain takes no more items, flushes what is held, and returns after limit even when the sink does not. It is the
// last chance, so an open circuit is not waited for. It returns what was not delivered, oldest first; of a call that
// was cut off some may have been.
func (c *FlowController[T]) Drain(limit time.Duration) []T {
	c.mu.Lock()
	isFirst := !c.draining
	c.draining = true
	c.notBefore = time.Time{}
	for place := c.waiting.Front(); place != nil; place = c.waiting.Front() {
		c.waiting.Remove(place).(*flowControllerWaiter[T]).decided <- c.drop("draining")
	}
	c.watch()
	if isFirst && c.held() == 0 {
		close(c.empty)
	}
	c.plan()
	c.mu.Unlock()

	timeout := time.NewTimer(limit)
	defer timeout.Stop()
	select {
	case <-c.empty:
	case <-timeout.C:
	}
	c.stop()
	c.timer.Stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	left := make([]T, 0, c.held())
	for _, held := range append(c.flushing[:len(c.flushing):len(c.flushing)], c.queue...) {
		left = append(left, held.item)
	}
	return left
}

// Metrics returns the figures of this moment.
func (c *FlowController[T]) Metrics() FlowControllerMetrics {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.figures
	now.Held, now.Waiting, now.Circuit = c.held(), c.waiting.Len(), "closed"
	if c.failures >= c.options.FailuresToOpen {
		now.Circuit = "open"
		if len(c.flushing) > 0 {
			now.Circuit = "half-open"
		}
	}
	now.Dropped = make(map[FlowControllerDropped]int, len(c.figures.Dropped))
	for reason, count := range c.figures.Dropped {
		now.Dropped[reason] = count
	}
	return now
}

func (c *FlowController[T]) wait(ctx context.Context, waiter *flowControllerWaiter[T], place *list.Element) error {
	timeout := time.NewTimer(c.options.MaxBlock)
	defer timeout.Stop()
	select {
	case err := <-waiter.decided:
		return err
	case <-timeout.C:
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case err := <-waiter.decided: // Room came at the same moment.
		return err
	default:
		c.waiting.Remove(place)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return c.drop("timeout")
}

// From here on mu is held by the caller, but for tick and flush, which take it.

func (c *FlowController[T]) held() int { return len(c.queue) + len(c.flushing) }

func (c *FlowController[T]) take(item T) {
	c.figures.Accepted++
	c.queue = append(c.queue, flowControllerItem[T]{item, time.Now()})
	c.watch()
}

func (c *FlowController[T]) drop(reason FlowControllerDropped) error {
	c.figures.Accepted++
	c.figures.Dropped[reason]++
	return reason
}

// isSampled keeps every (1 ÷ rate)th item: the share is exact, and no chance is in it.
func (c *FlowController[T]) isSampled() bool {
	c.sampled++
	rate := c.options.SampleRate
	return math.Floor(float64(c.sampled)*rate) > math.Floor(float64(c.sampled-1)*rate)
}

func (c *FlowController[T]) tick() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.plan()
}

// plan flushes once a batch is full or its oldest item has waited for the interval; until then it sets the timer.
func (c *FlowController[T]) plan() {
	if len(c.queue) == 0 || len(c.flushing) > 0 || c.ctx.Err() != nil {
		return
	}
	at := c.queue[0].since.Add(c.figures.Flush)
	if c.draining || len(c.queue) >= c.options.BatchSize || at.Before(c.notBefore) {
		at = c.notBefore
	}
	if wait := time.Until(at); wait > 0 {
		c.timer.Reset(wait)
		return
	}
	size := min(len(c.queue), c.options.BatchSize)
	c.flushing, c.queue = c.queue[:size:size], c.queue[size:]
	go c.flush(c.flushing)
}

func (c *FlowController[T]) flush(batch []flowControllerItem[T]) {
	items := make([]T, len(batch))
	for i, held := range batch {
		items[i] = held.item
	}
	outcomes, err := c.deliver(items)

	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.options.OnError(err)
	}
	again := c.count(batch, outcomes, err != nil)
	c.flushing, c.queue = nil, append(again, c.queue...)
	c.adapt(len(batch), len(again))
	for c.waiting.Len() > 0 && c.held() < c.options.Capacity {
		waiter := c.waiting.Remove(c.waiting.Front()).(*flowControllerWaiter[T])
		c.take(waiter.item)
		waiter.decided <- nil
	}
	c.watch()
	if c.draining && c.held() == 0 {
		close(c.empty)
	}
	c.plan()
}

// deliver makes errors of panics and of answers that do not fit.
func (c *FlowController[T]) deliver(items []T) (outcomes []FlowControllerOutcome, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("flow controller: the sink panicked: %v", reason)
		}
	}()
	outcomes, err = c.sink(c.ctx, items)
	if err == nil && len(outcomes) > 0 && len(outcomes) != len(items) {
		err = fmt.Errorf("flow controller: the sink told %d outcomes of %d items", len(outcomes), len(items))
	}
	return outcomes, err
}

// count tells the items apart and returns those to be tried again.
func (c *FlowController[T]) count(
	batch []flowControllerItem[T], outcomes []FlowControllerOutcome, isFailure bool,
) (again []flowControllerItem[T]) {
	if isFailure {
		return batch
	}
	now := time.Now()
	for i, held := range batch {
		outcome := FlowControllerFlushed
		if len(outcomes) > 0 {
			outcome = outcomes[i]
		}
		switch outcome {
		case FlowControllerFlushed:
			c.figures.Flushed++
			c.figures.LatencySum += now.Sub(held.since)
			c.figures.LatencyMax = max(c.figures.LatencyMax, now.Sub(held.since))
		case FlowControllerFailed:
			c.figures.Failed++
		default:
			again = append(again, held)
		}
	}
	return again
}

// adapt: pressed, it flushes sooner; idle, in fuller batches; after a failure later and, after several, not for a while.
func (c *FlowController[T]) adapt(tried, again int) {
	o, flush := c.options, &c.figures.Flush
	c.failures++
	if again < tried {
		c.failures = 0
	} else {
		c.figures.FailedFlushes++
	}
	switch {
	case again > 0:
		*flush = min(o.MaxFlush, *flush*2)
	case float64(c.held()) >= o.LowWatermark*float64(o.Capacity):
		*flush = max(o.MinFlush, *flush/2)
	case tried < o.BatchSize/2:
		*flush = min(o.MaxFlush, *flush*3/2)
	}
	c.notBefore = time.Time{}
	switch {
	case again == 0:
	case c.draining:
		c.notBefore = time.Now().Add(o.MinFlush)
	case c.failures >= o.FailuresToOpen:
		c.notBefore = time.Now().Add(o.Open)
	default:
		c.notBefore = time.Now().Add(*flush)
	}
}

func (c *FlowController[T]) watch() {
	level := float64(c.held()) / float64(c.options.Capacity)
	wasCritical := c.figures.State == FlowControllerCritical || c.figures.State == FlowControllerBlocked
	state := FlowControllerNormal
	switch {
	case c.draining:
		state = FlowControllerDraining
	case level >= 1:
		state = FlowControllerBlocked
	case level >= c.options.HighWatermark, wasCritical && level >= c.options.LowWatermark:
		state = FlowControllerCritical
	case level >= c.options.LowWatermark:
		state = FlowControllerElevated
	}
	if state != c.figures.State {
		c.figures.State = state
		c.options.OnState(state)
	}
}
