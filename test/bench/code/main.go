// One pool over many small items: contender, number of items, how many at once. Prints items per second and peak memory.
package main

import (
	"context"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bench/orderjobs"

	"github.com/panjf2000/ants/v2"
	"github.com/sourcegraph/conc/pool"
)

var handled atomic.Int64

func handle(waits time.Duration) {
	if waits > 0 {
		time.Sleep(waits)
	}
	handled.Add(1)
}

func ours(items, size int, waits time.Duration) {
	work := func(context.Context, int) error { handle(waits); return nil }
	jobs, err := orderjobs.NewOrderJobs(context.Background(), size, work, func(_ int, err error) { panic(err) })
	if err != nil {
		panic(err)
	}
	for item := range items {
		_ = jobs.Submit(context.Background(), item)
	}
	jobs.Close()
}

func byAnts(items, size int, waits time.Duration) {
	var all sync.WaitGroup
	jobs, _ := ants.NewPool(size)
	defer jobs.Release()
	for range items {
		all.Add(1)
		_ = jobs.Submit(func() { defer all.Done(); handle(waits) })
	}
	all.Wait()
}

func byConc(items, size int, waits time.Duration) {
	jobs := pool.New().WithMaxGoroutines(size)
	for range items {
		jobs.Go(func() { handle(waits) })
	}
	jobs.Wait()
}

func main() {
	contenders := map[string]func(int, int, time.Duration){"ours": ours, "ants": byAnts, "conc": byConc}
	items, _ := strconv.Atoi(os.Args[2])
	size, _ := strconv.Atoi(os.Args[3])
	waits, _ := strconv.Atoi(os.Args[4])
	started := time.Now()
	contenders[os.Args[1]](items, size, time.Duration(waits)*time.Millisecond)
	seconds := time.Since(started).Seconds()
	if handled.Load() != int64(items) {
		panic("not all were handled")
	}
	figures := map[string]float64{"perSecond": float64(items) / seconds, "megabytes": peakMegabytes()}
	_ = json.NewEncoder(os.Stdout).Encode(figures)
}

// peakMegabytes is of this program alone: what getrusage tells has the memory of whoever started it in it.
func peakMegabytes() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes, _ := strconv.ParseFloat(strings.Fields(after)[0], 64)
	return kilobytes / 1e3
}
