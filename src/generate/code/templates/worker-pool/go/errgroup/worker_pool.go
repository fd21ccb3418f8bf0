// Package workerpool handles items with a bound on how many are handled at once.
package workerpool

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime/debug"
	"strconv"
	"sync"

	"golang.org/x/sync/errgroup" // Its limit makes the loop wait. It keeps the first error only: all are gathered here.
)

// workerPoolDefaultConcurrency is the size where neither the caller nor the environment says one.
const workerPoolDefaultConcurrency = 8

// WorkerPoolFailure is an item that was not handled to its end, and why.
type WorkerPoolFailure[T any] struct {
	Item T
	Err  error
}

func (f WorkerPoolFailure[T]) Error() string { return fmt.Sprintf("%v: %v", f.Item, f.Err) }
func (f WorkerPoolFailure[T]) Unwrap() error { return f.Err }

// RunWorkerPool handles a batch and returns when all of it is done, with every WorkerPoolFailure joined to one error.
//
// The next item is asked of items when the one before has a goroutine, so a sequence that reads from a broker or a
// file goes no faster than the handling. When ctx ends no further item is begun, those begun are finished, and the
// cause of ctx is among the errors. A failure does not stop the others: where it should, end ctx in handle.
//
//   - size is how many at once; 0 takes WORKER_POOL_CONCURRENCY from the environment.
//   - handle does the work. Its context has the values of ctx but not its end, so that what was begun can be finished.
func RunWorkerPool[T any](
	ctx context.Context, size int, items iter.Seq[T], handle func(context.Context, T) error,
) error {
	size, err := workerPoolConcurrency(size)
	if err != nil {
		return err
	}
	var group errgroup.Group
	group.SetLimit(size)
	var lock sync.Mutex
	var failures []error
	try := func(item T) error {
		// The end may have come while the item waited for its goroutine.
		err := context.Cause(ctx)
		if err == nil {
			err = workerPoolTry(context.WithoutCancel(ctx), item, handle)
		}
		if err != nil {
			lock.Lock()
			defer lock.Unlock()
			failures = append(failures, WorkerPoolFailure[T]{item, err})
		}
		return nil
	}
	for item := range items {
		group.Go(func() error { return try(item) })
		if ctx.Err() != nil {
			break
		}
	}
	_ = group.Wait()
	return errors.Join(append(failures, context.Cause(ctx))...)
}

// workerPoolTry makes an error of a panic, so that one item does not take the whole program with it.
func workerPoolTry[T any](ctx context.Context, item T, handle func(context.Context, T) error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
		}
	}()
	return handle(ctx, item)
}

func workerPoolConcurrency(size int) (int, error) {
	if text := os.Getenv("WORKER_POOL_CONCURRENCY"); size == 0 && text != "" {
		var err error
		if size, err = strconv.Atoi(text); err != nil || size < 1 {
			return 0, fmt.Errorf("WORKER_POOL_CONCURRENCY: %q is no whole number from 1 up", text)
		}
	}
	if size == 0 {
		return workerPoolDefaultConcurrency, nil
	}
	if size < 0 {
		return 0, fmt.Errorf("worker pool: a size of %d is less than 1", size)
	}
	return size, nil
}
