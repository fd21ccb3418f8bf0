// Package steptracker tells how often and how long a step of a pipeline is held up, in both directions.
package steptracker

import (
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// stepTrackerBounds are the buckets of the lengths of episodes.
var stepTrackerBounds = [...]time.Duration{
	time.Millisecond, 5 * time.Millisecond, 25 * time.Millisecond, 100 * time.Millisecond, 500 * time.Millisecond,
	time.Second, 5 * time.Second, 30 * time.Second,
}

// StepTrackerEpisodes are times of being held up that have ended.
type StepTrackerEpisodes struct {
	Count uint64
	Sum   time.Duration
	// Buckets holds how many were as long as each bound or shorter, and longer than the bound before.
	Buckets [len(stepTrackerBounds)]uint64
}

// StepTrackerCounts are what a step did in some time.
type StepTrackerCounts struct {
	Sent, Received uint64
	// Send: the next step refused a message. Receive: this step refused one.
	Send, Receive StepTrackerEpisodes
}

// StepTrackerRecorder takes counts away. Trackers call it from goroutines of their own, not from the step's.
type StepTrackerRecorder interface {
	Record(step, worker string, counts StepTrackerCounts)
}

// StepTracker watches one worker of a step. Its methods take well under a microsecond and wait for no recorder.
//
// An episode begins with the first refusal and ends with the next success in its direction, be it the retry of the
// message that was held or another one. What has not ended when the tracker is closed is not counted.
type StepTracker struct {
	step, worker string
	recorder     StepTrackerRecorder
	closing      chan struct{}
	closed       sync.WaitGroup

	mu                          sync.Mutex
	counts                      StepTrackerCounts
	sendRefused, receiveRefused time.Time // zero outside of an episode
}

// NewStepTracker starts to hand over what it has counted, every so often. Worker tells the workers of a step apart,
// each with a tracker of its own; it is empty where there is one.
func NewStepTracker(step, worker string, recorder StepTrackerRecorder, every time.Duration) *StepTracker {
	t := &StepTracker{step: step, worker: worker, recorder: recorder, closing: make(chan struct{})}
	recorder.Record(step, worker, StepTrackerCounts{}) // A figure that starts at zero can be seen to grow.
	t.closed.Add(1)
	go func() {
		defer t.closed.Done()
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				t.flush()
			case <-t.closing:
				t.flush()
				return
			}
		}
	}()
	return t
}

// SendRefused says that the next step would not take a message.
func (t *StepTracker) SendRefused() {
	t.mu.Lock()
	if t.sendRefused.IsZero() {
		t.sendRefused = time.Now()
	}
	t.mu.Unlock()
}

// Sent says that the next step took a message, at the first try or at a later one.
func (t *StepTracker) Sent() {
	t.mu.Lock()
	t.counts.Sent++
	if !t.sendRefused.IsZero() {
		t.counts.Send.add(time.Since(t.sendRefused))
		t.sendRefused = time.Time{}
	}
	t.mu.Unlock()
}

// ReceiveRefused says that this step would not take a message.
func (t *StepTracker) ReceiveRefused() {
	t.mu.Lock()
	if t.receiveRefused.IsZero() {
		t.receiveRefused = time.Now()
	}
	t.mu.Unlock()
}

// Received says that this step took a message.
func (t *StepTracker) Received() {
	t.mu.Lock()
	t.counts.Received++
	if !t.receiveRefused.IsZero() {
		t.counts.Receive.add(time.Since(t.receiveRefused))
		t.receiveRefused = time.Time{}
	}
	t.mu.Unlock()
}

// Close hands over the rest. Call it once.
func (t *StepTracker) Close() {
	close(t.closing)
	t.closed.Wait()
}

func (t *StepTracker) flush() {
	t.mu.Lock()
	counts := t.counts
	t.counts = StepTrackerCounts{}
	t.mu.Unlock()
	t.recorder.Record(t.step, t.worker, counts)
}

func (e *StepTrackerEpisodes) add(length time.Duration) {
	e.Count++
	e.Sum += length
	for i, bound := range stepTrackerBounds {
		if length <= bound {
			e.Buckets[i]++
			return
		}
	}
}

func (e *StepTrackerEpisodes) merge(other StepTrackerEpisodes) {
	e.Count += other.Count
	e.Sum += other.Sum
	for i, count := range other.Buckets {
		e.Buckets[i] += count
	}
}

// StepTrackerLog records by writing a line whenever a step was held up.
type StepTrackerLog struct{ Logger *slog.Logger }

// Record implements StepTrackerRecorder.
func (l StepTrackerLog) Record(step, worker string, c StepTrackerCounts) {
	if c.Send.Count+c.Receive.Count > 0 {
		l.Logger.Info("held up", "step", step, "worker", worker, "sent", c.Sent, "received", c.Received,
			"send_episodes", c.Send.Count, "send_time", c.Send.Sum,
			"receive_episodes", c.Receive.Count, "receive_time", c.Receive.Sum)
	}
}

// StepTrackerPage records for Prometheus, and serves the page that it scrapes. Its zero value is ready.
// With a Prometheus or OpenTelemetry client in the program, write a recorder for that one instead.
type StepTrackerPage struct {
	mu     sync.Mutex
	totals map[string]*StepTrackerCounts // by labels
}

var stepTrackerEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// Record implements StepTrackerRecorder.
func (p *StepTrackerPage) Record(step, worker string, counts StepTrackerCounts) {
	labels := `step="` + stepTrackerEscapes.Replace(step) + `"`
	if worker != "" {
		labels += `,worker="` + stepTrackerEscapes.Replace(worker) + `"`
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.totals == nil {
		p.totals = make(map[string]*StepTrackerCounts)
	}
	total := p.totals[labels]
	if total == nil {
		total = &StepTrackerCounts{}
		p.totals[labels] = total
	}
	total.Sent += counts.Sent
	total.Received += counts.Received
	total.Send.merge(counts.Send)
	total.Receive.merge(counts.Receive)
}

// ServeHTTP writes the page in Prometheus' text format.
func (p *StepTrackerPage) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write([]byte(p.String()))
}

func (p *StepTrackerPage) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var page strings.Builder
	steps := make([]string, 0, len(p.totals))
	for labels := range p.totals {
		steps = append(steps, labels)
	}
	slices.Sort(steps)
	counter := func(name string, of func(*StepTrackerCounts) uint64) {
		fmt.Fprintf(&page, "# TYPE %s counter\n", name)
		for _, labels := range steps {
			fmt.Fprintf(&page, "%s{%s} %d\n", name, labels, of(p.totals[labels]))
		}
	}
	histogram := func(name string, of func(*StepTrackerCounts) StepTrackerEpisodes) {
		fmt.Fprintf(&page, "# TYPE %s histogram\n", name)
		for _, labels := range steps {
			episodes := of(p.totals[labels])
			below := uint64(0)
			for i, bound := range stepTrackerBounds {
				below += episodes.Buckets[i]
				fmt.Fprintf(&page, "%s_bucket{%s,le=\"%g\"} %d\n", name, labels, bound.Seconds(), below)
			}
			fmt.Fprintf(&page, "%s_bucket{%s,le=\"+Inf\"} %d\n", name, labels, episodes.Count)
			fmt.Fprintf(&page, "%s_sum{%s} %g\n", name, labels, episodes.Sum.Seconds())
			fmt.Fprintf(&page, "%s_count{%s} %d\n", name, labels, episodes.Count)
		}
	}
	counter("pipeline_sent_total", func(c *StepTrackerCounts) uint64 { return c.Sent })
	counter("pipeline_received_total", func(c *StepTrackerCounts) uint64 { return c.Received })
	counter("pipeline_send_backpressure_total", func(c *StepTrackerCounts) uint64 { return c.Send.Count })
	counter("pipeline_receive_backpressure_total", func(c *StepTrackerCounts) uint64 { return c.Receive.Count })
	histogram("pipeline_send_backpressure_duration_seconds", func(c *StepTrackerCounts) StepTrackerEpisodes { return c.Send })
	histogram("pipeline_receive_backpressure_duration_seconds", func(c *StepTrackerCounts) StepTrackerEpisodes { return c.Receive })
	return page.String()
}
