// Package tasksemaphore bounds how many tasks run at once.
package tasksemaphore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"sync"
)

// taskSemaphoreDefaultConcurrency is the size where neither the caller nor the environment says one.
const taskSemaphoreDefaultConcurrency = 8

// ErrTaskSemaphoreStopped is returned to who asks for a slot after the end.
var ErrTaskSemaphoreStopped = errors.New("task semaphore: stopped")

// TaskSemaphore has so many slots, and a task needs one to run.
//
// Acquire before the go statement, so that the loop waits and not the goroutines it started:
//
//	if err := semaphore.Acquire(ctx); err != nil {
//		return err
//	}
//	go func() {
//		defer semaphore.Release()
//		…
//	}()
//
// Slots that weigh more than one are in golang.org/x/sync/semaphore.
type TaskSemaphore struct {
	slots   chan struct{}
	stopped <-chan struct{}
	stop    context.CancelFunc
	drained sync.Once
}

// NewTaskSemaphore gives out no more slots when ctx ends; tasks that have one keep it.
// A size of 0 takes TASK_SEMAPHORE_CONCURRENCY from the environment.
func NewTaskSemaphore(ctx context.Context, size int) (*TaskSemaphore, error) {
	size, err := taskSemaphoreConcurrency(size)
	if err != nil {
		return nil, err
	}
	stopping, stop := context.WithCancel(ctx)
	return &TaskSemaphore{slots: make(chan struct{}, size), stopped: stopping.Done(), stop: stop}, nil
}

// Acquire waits for a slot. It returns ErrTaskSemaphoreStopped when there will be none, or the cause of ctx, which
// bounds the waiting only.
func (s *TaskSemaphore) Acquire(ctx context.Context) error {
	select {
	case <-s.stopped: // A slot may be free still; a stopped semaphore does not give it.
		return ErrTaskSemaphoreStopped
	default:
	}
	select {
	case s.slots <- struct{}{}:
		return nil
	case <-s.stopped:
		return ErrTaskSemaphoreStopped
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Release gives the slot back, once for each Acquire that returned nil.
func (s *TaskSemaphore) Release() {
	select {
	case <-s.slots:
	default:
		panic("task semaphore: released more often than acquired")
	}
}

// Run waits for a slot and runs the task in it. It returns the error of the task; a panic comes back as an error.
func (s *TaskSemaphore) Run(ctx context.Context, task func(context.Context) error) (err error) {
	if err := s.Acquire(ctx); err != nil {
		return err
	}
	defer s.Release()
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
		}
	}()
	return task(ctx)
}

// Close gives out no more slots and returns when every task has given back its own.
func (s *TaskSemaphore) Close() {
	s.stop()
	s.drained.Do(func() {
		for range cap(s.slots) {
			s.slots <- struct{}{}
		}
	})
}

func taskSemaphoreConcurrency(size int) (int, error) {
	if text := os.Getenv("TASK_SEMAPHORE_CONCURRENCY"); size == 0 && text != "" {
		var err error
		if size, err = strconv.Atoi(text); err != nil || size < 1 {
			return 0, fmt.Errorf("TASK_SEMAPHORE_CONCURRENCY: %q is no whole number from 1 up", text)
		}
	}
	if size == 0 {
		return taskSemaphoreDefaultConcurrency, nil
	}
	if size < 0 {
		return 0, fmt.Errorf("task semaphore: a size of %d is less than 1", size)
	}
	return size, nil
}
