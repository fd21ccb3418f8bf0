package steptracker

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// lines gives what the page says of a name, but for buckets that stay empty.
func lines(page fmt.Stringer, name string) (found []string) {
	for line := range strings.Lines(page.String()) {
		if strings.HasPrefix(line, name) && !strings.HasSuffix(line, " 0\n") {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAnEpisodeEndsAtTheRetryAndAtTheNextSend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		page := &StepTrackerPage{}
		tracker := NewStepTracker("parse", "", page, time.Second)
		tracker.Sent()
		tracker.SendRefused()
		time.Sleep(20 * time.Millisecond)
		tracker.SendRefused() // A retry that fails goes on with the same episode.
		time.Sleep(20 * time.Millisecond)
		tracker.Sent()
		tracker.Sent()
		tracker.SendRefused() // The message is given up; the next one ends the episode.
		time.Sleep(2 * time.Second)
		tracker.Sent()
		tracker.ReceiveRefused()
		time.Sleep(time.Minute)
		tracker.Received()
		tracker.Close()
		expect(t, lines(page, "pipeline_sent"), `pipeline_sent_total{step="parse"} 4`)
		expect(t, lines(page, "pipeline_send_"),
			`pipeline_send_backpressure_total{step="parse"} 2`,
			`pipeline_send_backpressure_duration_seconds_bucket{step="parse",le="0.1"} 1`,
			`pipeline_send_backpressure_duration_seconds_bucket{step="parse",le="0.5"} 1`,
			`pipeline_send_backpressure_duration_seconds_bucket{step="parse",le="1"} 1`,
			`pipeline_send_backpressure_duration_seconds_bucket{step="parse",le="5"} 2`,
			`pipeline_send_backpressure_duration_seconds_bucket{step="parse",le="30"} 2`,
			`pipeline_send_backpressure_duration_seconds_bucket{step="parse",le="+Inf"} 2`,
			`pipeline_send_backpressure_duration_seconds_sum{step="parse"} 2.04`,
			`pipeline_send_backpressure_duration_seconds_count{step="parse"} 2`)
		expect(t, lines(page, "pipeline_receive"),
			`pipeline_received_total{step="parse"} 1`,
			`pipeline_receive_backpressure_total{step="parse"} 1`,
			`pipeline_receive_backpressure_duration_seconds_bucket{step="parse",le="+Inf"} 1`,
			`pipeline_receive_backpressure_duration_seconds_sum{step="parse"} 60`,
			`pipeline_receive_backpressure_duration_seconds_count{step="parse"} 1`)
	})
}

func TestAnUnfinishedEpisodeIsNotCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		page := &StepTrackerPage{}
		tracker := NewStepTracker(`a "b"\`+"\n", "1", page, time.Second)
		tracker.SendRefused()
		time.Sleep(time.Hour)
		tracker.Close()
		expect(t, lines(page, "pipeline_send_"))
		if !strings.Contains(page.String(), `pipeline_send_backpressure_total{step="a \"b\"\\\n",worker="1"} 0`) {
			t.Errorf("no zero in %s", page)
		}
	})
}

// A recorder that hangs must not hold up the step.
type stuckRecorder struct{ release chan struct{} }

func (r stuckRecorder) Record(_, _ string, counts StepTrackerCounts) {
	if counts.Sent > 0 {
		<-r.release
	}
}

func TestTheStepWaitsForNoRecorder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		recorder := stuckRecorder{make(chan struct{})}
		tracker := NewStepTracker("parse", "", recorder, time.Second)
		began := time.Now()
		tracker.Sent()
		time.Sleep(2 * time.Second)
		for range 1000 {
			tracker.Sent()
		}
		if waited := time.Since(began); waited != 2*time.Second {
			t.Errorf("waited %v", waited)
		}
		close(recorder.release)
		tracker.Close()
	})
}

func TestWorkersAndGoroutinesLoseNothing(t *testing.T) {
	page := &StepTrackerPage{}
	var workers sync.WaitGroup
	for worker := range 3 {
		tracker := NewStepTracker("parse", fmt.Sprint(worker), page, time.Millisecond)
		workers.Go(func() {
			defer tracker.Close()
			var users sync.WaitGroup
			for range 2 {
				users.Go(func() {
					for range 500 {
						tracker.SendRefused()
						tracker.Sent()
						tracker.Received()
					}
				})
			}
			_ = page.String()
			users.Wait()
		})
	}
	workers.Wait()
	for worker := range 3 {
		expect(t, lines(page, fmt.Sprintf(`pipeline_sent_total{step="parse",worker="%d"}`, worker)),
			fmt.Sprintf(`pipeline_sent_total{step="parse",worker="%d"} 1000`, worker))
	}
}

func TestLogsInsteadOfExporting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var written bytes.Buffer
		tracker := NewStepTracker("parse", "", StepTrackerLog{slog.New(slog.NewTextHandler(&written, nil))}, time.Second)
		tracker.Sent()
		time.Sleep(1500 * time.Millisecond)
		tracker.SendRefused()
		time.Sleep(3 * time.Second)
		tracker.Sent()
		tracker.Close()
		if text := written.String(); strings.Count(text, "\n") != 1 || !strings.Contains(text, "send_episodes=1 send_time=3s") {
			t.Errorf("written: %s", text)
		}
	})
}

// What `steps` is to read: the page before and after an episode of half a second.
func TestPrintsItsPages(t *testing.T) {
	folder := os.Getenv("PAGES")
	if folder == "" {
		t.Skip("nobody asks")
	}
	synctest.Test(t, func(t *testing.T) {
		page := &StepTrackerPage{}
		tracker := NewStepTracker("parse", "", page, time.Second)
		save := func(name string) {
			if err := os.WriteFile(folder+"/"+name, []byte(page.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		save("before")
		tracker.SendRefused()
		time.Sleep(500 * time.Millisecond)
		tracker.Sent()
		tracker.Close()
		save("after")
	})
}

func BenchmarkSuccess(b *testing.B) {
	tracker := NewStepTracker("parse", "", &StepTrackerPage{}, time.Second)
	defer tracker.Close()
	for b.Loop() {
		tracker.Sent()
	}
}

func BenchmarkEpisode(b *testing.B) {
	tracker := NewStepTracker("parse", "", &StepTrackerPage{}, time.Second)
	defer tracker.Close()
	for b.Loop() {
		tracker.SendRefused()
		tracker.Sent()
	}
}
