// Package workerpool handles items with a bound on how many are handled at once.
package workerpool

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"sync"
)

// workerPoolDefaultConcurrency is the size where neither the caller nor the environment says one.
const workerPoolDefaultConcurrency = 8

// ErrWorkerPoolStopped is returned for an item that came too late to be handled.
var ErrWorkerPoolStopped = errors.New("worker pool: stopped")

// WorkerPool handles items on a fixed number of goroutines.
//
// There is no queue in it: Submit hands an item to a worker that is free, and waits until there is one. So the
// producer goes no faster than the workers, and no item lies where a shutdown could forget it.
type WorkerPool[T any] struct {
	items   chan T
	stopped <-chan struct{}
	stop    context.CancelFunc
	workers sync.WaitGroup
	handle  func(context.Context, T) error
	failed  func(T, error)
}

// NewWorkerPool starts the workers. When ctx ends, the pool takes no more items; those begun are finished.
//
//   - size is how many at once; 0 takes WORKER_POOL_CONCURRENCY from the environment.
//   - handle does the work. Its context has the values of ctx but not its end, so that what was begun can be finished.
//   - failed hears of every item whose handling returned an error or panicked. Several workers may call it at once.
func NewWorkerPool[T any](
	ctx context.Context, size int, handle func(context.Context, T) error, failed func(T, error),
) (*WorkerPool[T], error) {
	size, err := workerPoolConcurrency(size)
	if err != nil {
		return nil, err
	}
	stopping, stop := context.WithCancel(ctx)
	p := &WorkerPool[T]{items: make(chan T), stopped: stopping.Done(), stop: stop, handle: handle, failed: failed}
	p.workers.Add(size)
	for range size {
		go p.work(context.WithoutCancel(ctx))
	}
	return p, nil
}

// Submit waits until a worker takes the item. It returns nil once one has, ErrWorkerPoolStopped when none will, or
// the cause of ctx, which bounds the waiting only.
func (p *WorkerPool[T]) Submit(ctx context.Context, item T) error {
	select {
	case <-p.stopped: // A worker may be free still; a stopped pool gives it nothing.
		return ErrWorkerPoolStopped
	default:
	}
	select {
	case p.items <- item: // A worker waits already: quicker than to listen to three channels.
		return nil
	default:
	}
	select {
	case p.items <- item:
		return nil
	case <-p.stopped:
		return ErrWorkerPoolStopped
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Close takes no more items and returns when every item that was taken has been handled.
func (p *WorkerPool[T]) Close() {
	p.stop()
	p.workers.Wait()
}

func (p *WorkerPool[T]) work(ctx context.Context) {
	defer p.workers.Done()
	for {
		select {
		case item := <-p.items:
			if err := p.try(ctx, item); err != nil {
				p.failed(item, err)
			}
		case <-p.stopped:
			return
		}
	}
}

// try makes an error of a panic, so that one item does not take the whole program with it.
func (p *WorkerPool[T]) try(ctx context.Context, item T) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
		}
	}()
	return p.handle(ctx, item)
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
