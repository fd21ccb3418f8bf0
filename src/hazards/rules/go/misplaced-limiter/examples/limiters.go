package a

import (
	"context"
	"net/http"

	"github.com/segmentio/kafka-go"
	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"
)

var shared = semaphore.NewWeighted(8) // nothing

// charge is called for each order.
func charge(ctx context.Context, order Order) error {
	slots := semaphore.NewWeighted(8) // want high: limits nothing: made anew for each call
	if err := slots.Acquire(ctx, 1); err != nil {
		return err
	}
	defer slots.Release(1)
	return pay(ctx, order)
}

func serve(w http.ResponseWriter, r *http.Request) {
	tokens := make(chan struct{}, 4) // want high: limits nothing: made anew for each call
	tokens <- struct{}{}
	work()
	<-tokens
}

func consume(reader *kafka.Reader) {
	for {
		m, err := reader.ReadMessage(ctx)
		if err != nil {
			return
		}
		limiter := rate.NewLimiter(10, 1) // want high: limits nothing: made anew for each call
		limiter.Wait(ctx)
		handle(m)
	}
}

func all(ctx context.Context, orders []Order) {
	slots := semaphore.NewWeighted(8) // bounded: slots
	for _, order := range orders {
		slots.Acquire(ctx, 1)
		go charge(ctx, order)
	}
	sem := make(chan struct{}, 8) // bounded: sem
	start(sem)
	sem <- struct{}{}
	pace := rate.NewLimiter(10, 1) // nothing
	for _, order := range orders {
		pace.Wait(ctx)
		charge(ctx, order)
	}
	done := make(chan struct{}, 1) // nothing
	<-done
}

func perClient(limiters map[string]*rate.Limiter, reader *kafka.Reader) {
	for {
		m, _ := reader.ReadMessage(ctx)
		limiter := rate.NewLimiter(10, 1) // bounded: limiter
		limiters[string(m.Key)] = limiter
		limiter.Wait(ctx)
	}
}
