package orderbatch

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func numbers(until int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for item := 0; item < until && yield(item); item++ {
		}
	}
}

func failures(t *testing.T, err error) []OrderBatchFailure[int] {
	t.Helper()
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("not joined: %v", err)
	}
	var found []OrderBatchFailure[int]
	for _, each := range joined.Unwrap() {
		var failure OrderBatchFailure[int]
		if errors.As(each, &failure) {
			found = append(found, failure)
		}
	}
	return found
}

func TestEveryItemIsHandledOnceOrReported(t *testing.T) {
	const items, size = 10_000, 16
	var running, most atomic.Int64
	handled := make([]atomic.Int32, items)
	broken := errors.New("broken")
	err := RunOrderBatch(context.Background(), size, numbers(items), func(_ context.Context, item int) error {
		now := running.Add(1)
		defer running.Add(-1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
		}
		time.Sleep(time.Duration(rand.IntN(1000)) * time.Microsecond)
		if item%101 == 0 {
			panic(fmt.Sprintf("item %d", item))
		}
		if item%7 == 0 {
			return broken
		}
		handled[item].Add(1)
		return nil
	})
	for _, failure := range failures(t, err) {
		handled[failure.Item].Add(1)
		if failure.Item%101 != 0 && !errors.Is(failure, broken) {
			t.Errorf("%d lost its error: %v", failure.Item, failure)
		}
	}
	for item := range items {
		if count := handled[item].Load(); count != 1 {
			t.Errorf("%d was handled or reported %d times", item, count)
		}
	}
	if most.Load() != size {
		t.Errorf("%d at once", most.Load())
	}
}

func TestTheEndOfTheContextTakesNoMoreItemsAndLosesNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		late := errors.New("enough")
		gate := make(chan struct{})
		var taken, ended int
		var result error
		done := make(chan struct{})
		go func() {
			defer close(done)
			result = RunOrderBatch(ctx, 4, func(yield func(int) bool) {
				for yield(taken) {
					taken++
				}
			}, func(working context.Context, item int) error {
				<-gate
				if working.Err() != nil {
					t.Error("what was begun is told to end")
				}
				return nil
			})
		}()
		synctest.Wait()
		if taken != 4 {
			t.Errorf("%d were taken beside the four that run", taken-4)
		}
		cancel(late)
		synctest.Wait()
		close(gate)
		<-done
		ended = 5 - len(failures(t, result))
		if ended != 4 || !errors.Is(result, late) {
			t.Errorf("%d ended, and %v", ended, result)
		}
	})
}

func TestABatchThatFailsNowhereHasNoError(t *testing.T) {
	if err := RunOrderBatch(context.Background(), 4, numbers(100), func(context.Context, int) error { return nil }); err != nil {
		t.Error(err)
	}
}

func TestASizeBelowOneIsRefused(t *testing.T) {
	if err := RunOrderBatch(context.Background(), -1, numbers(1), nil); err == nil {
		t.Error("accepted")
	}
}
