// Puts the generated texts through what can happen to them and prints what came of it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"jobs/jobslots"
	"jobs/orderjobs"
)

// bound is what a worker pool and a semaphore have in common.
type bound struct {
	begin func(item int) error // waits until the item is begun
	stop  func()
	close func()
}

type scene func(ctx context.Context, size int, work func(item int) error, failed func(item int, err error)) (bound, error)

func pool(ctx context.Context, size int, work func(int) error, failed func(int, error)) (bound, error) {
	ctx, stop := context.WithCancel(ctx)
	made, err := orderjobs.NewOrderJobs(ctx, size, func(_ context.Context, item int) error { return work(item) }, failed)
	if err != nil {
		return bound{stop: stop}, err
	}
	begin := func(item int) error { return made.Submit(context.Background(), item) }
	return bound{begin, stop, made.Close}, nil
}

func semaphore(ctx context.Context, size int, work func(int) error, failed func(int, error)) (bound, error) {
	ctx, stop := context.WithCancel(ctx)
	made, err := jobslots.NewJobSlots(ctx, size)
	if err != nil {
		return bound{stop: stop}, err
	}
	begin := func(item int) error {
		if err := made.Acquire(context.Background()); err != nil {
			return err
		}
		go func() {
			defer made.Release()
			defer func() {
				if reason := recover(); reason != nil {
					failed(item, fmt.Errorf("panic: %v", reason))
				}
			}()
			if err := work(item); err != nil {
				failed(item, err)
			}
		}()
		return nil
	}
	return bound{begin, stop, made.Close}, nil
}

func crowd(of scene) map[string]any {
	const items, size, producers = 10_000, 16, 4
	var running, most, strange atomic.Int64
	var handled, failures [items]atomic.Int32
	b, _ := of(context.Background(), size, func(item int) error {
		now := running.Add(1)
		defer running.Add(-1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
		}
		time.Sleep(time.Duration(rand.IntN(2000)) * time.Microsecond)
		if item%101 == 0 {
			panic(fmt.Sprintf("broken %d.", item))
		}
		if item%7 == 0 {
			return fmt.Errorf("failed %d.", item)
		}
		handled[item].Add(1)
		return nil
	}, func(item int, err error) {
		failures[item].Add(1)
		if !strings.Contains(err.Error(), fmt.Sprintf(" %d.", item)) {
			strange.Add(1)
		}
	})
	var all sync.WaitGroup
	for producer := range producers {
		all.Go(func() {
			for item := producer; item < items; item += producers {
				if b.begin(item) != nil {
					strange.Add(1)
				}
			}
		})
	}
	all.Wait()
	b.close()
	succeeded, failed, notOnce := 0, 0, 0
	for item := range items {
		succeeded += int(handled[item].Load())
		failed += int(failures[item].Load())
		if handled[item].Load()+failures[item].Load() != 1 {
			notOnce++
		}
	}
	return map[string]any{"most": most.Load(), "handled": succeeded, "failed": failed, "notOnce": notOnce, "strange": strange.Load()}
}

func cancel(of scene) map[string]any {
	gate := make(chan struct{})
	var begun, ended, refused atomic.Int64
	b, _ := of(context.Background(), 4, func(int) error {
		begun.Add(1)
		<-gate
		ended.Add(1)
		return nil
	}, func(int, error) {})
	for item := range 4 {
		_ = b.begin(item)
	}
	var blocked sync.WaitGroup
	for item := range 3 {
		blocked.Go(func() {
			if b.begin(item) != nil {
				refused.Add(1)
			}
		})
	}
	time.Sleep(50 * time.Millisecond)
	early := refused.Load()
	b.stop()
	blocked.Wait()
	late := b.begin(9)
	endedEarly := ended.Load()
	close(gate)
	b.close()
	return map[string]any{"early": early, "refused": refused.Load(), "lateRefused": late != nil, "endedEarly": endedEarly, "begun": begun.Load(), "ended": ended.Load()}
}

func drain(of scene) map[string]any {
	var ended atomic.Int64
	accepted := 0
	b, _ := of(context.Background(), 4, func(int) error {
		time.Sleep(20 * time.Millisecond)
		ended.Add(1)
		return nil
	}, func(int, error) {})
	for item := range 20 {
		if b.begin(item) == nil {
			accepted++
		}
	}
	before := ended.Load()
	b.close()
	after := ended.Load()
	b.close()
	return map[string]any{"accepted": accepted, "before": before, "after": after, "late": b.begin(1) != nil}
}

func flat(of scene) map[string]any {
	const items, bytes = 200, 50_000
	held := func() float64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return float64(stats.HeapAlloc) / 1e6
	}
	var ended, ahead atomic.Int64
	payloads := sync.Map{}
	b, _ := of(context.Background(), 4, func(item int) error {
		time.Sleep(32 * time.Millisecond)
		payloads.Delete(item)
		ended.Add(1)
		return nil
	}, func(int, error) {})
	var first float64
	var producing []time.Duration
	started := time.Now()
	for item := range items {
		produced := time.Now()
		payloads.Store(item, make([]byte, bytes))
		producing = append(producing, time.Since(produced))
		if item == items/10 {
			first = held()
		}
		_ = b.begin(item)
		ahead.Store(max(ahead.Load(), int64(item+1)-ended.Load()))
	}
	last := held()
	b.close()
	whole := time.Since(started)
	slices.Sort(producing)
	return map[string]any{"ahead": ahead.Load(), "grownMegabytes": last - first, "unboundedMegabytes": items * 0.9 * bytes / 1e6, "timesFaster": float64(whole) / items / float64(producing[items/2])}
}

func idle(of scene) map[string]any {
	gate := make(chan struct{})
	nothing, _ := of(context.Background(), 4, func(int) error { return nil }, func(int, error) {})
	full, _ := of(context.Background(), 2, func(int) error { <-gate; return nil }, func(int, error) {})
	_, _ = full.begin(1), full.begin(2)
	var waiting sync.WaitGroup
	waiting.Go(func() { _ = full.begin(3) })
	before := cpuSeconds()
	time.Sleep(500 * time.Millisecond)
	used := cpuSeconds() - before
	close(gate)
	waiting.Wait()
	nothing.close()
	full.close()
	return map[string]any{"share": used / 0.5}
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

// environment tells how many run at once where the environment says it, or why not.
func environment(of scene) map[string]any {
	gate := make(chan struct{})
	var begun atomic.Int64
	b, err := of(context.Background(), 0, func(int) error { begun.Add(1); <-gate; return nil }, func(int, error) {})
	if err != nil {
		return map[string]any{"refused": err.Error()}
	}
	for item := range 3 {
		_ = b.begin(item)
	}
	var waiting sync.WaitGroup
	waiting.Go(func() { _ = b.begin(3) })
	time.Sleep(50 * time.Millisecond)
	size := begun.Load()
	close(gate)
	waiting.Wait()
	b.close()
	return map[string]any{"size": size}
}

// call runs tasks in the only slot of a semaphore: each has to give it back. Producers that give up waiting too.
func call(scene) map[string]any {
	slots, err := jobslots.NewJobSlots(context.Background(), 1)
	if err != nil {
		panic(err)
	}
	value := 0
	_ = slots.Run(context.Background(), func(context.Context) error { value = 42; return nil })
	failed := slots.Run(context.Background(), func(context.Context) error { return fmt.Errorf("failed") })
	broken := slots.Run(context.Background(), func(context.Context) error { panic("broken") })
	_ = slots.Acquire(context.Background())
	impatient, giveUp := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer giveUp()
	gaveUp := slots.Acquire(impatient)
	slots.Release()
	again := slots.Run(context.Background(), func(context.Context) error { return nil })
	slots.Close()
	errors := fmt.Sprintf("%v, %.13v", failed, broken)
	return map[string]any{"value": value, "errors": errors, "gaveUp": gaveUp == context.DeadlineExceeded, "again": again == nil}
}

func main() {
	scenes := map[string]scene{"worker-pool": pool, "semaphore": semaphore}
	situations := map[string]func(scene) map[string]any{
		"crowd": crowd, "cancel": cancel, "drain": drain, "flat": flat, "idle": idle, "environment": environment, "call": call,
	}
	made, told := scenes[os.Args[1]], map[string]any{}
	for _, name := range os.Args[2:] {
		told[name] = situations[name](made)
	}
	_ = json.NewEncoder(os.Stdout).Encode(told)
}
