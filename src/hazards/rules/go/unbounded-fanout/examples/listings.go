package a

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"sync"

	"golang.org/x/sync/errgroup"
)

func all(ctx context.Context, store Store) error {
	g, ctx := errgroup.WithContext(ctx)
	rows, err := store.QueryOrders(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		g.Go(func() error { return charge(ctx, row) }) // want low: all elements at once
	}
	return g.Wait()
}

func files(folder string) {
	var wg sync.WaitGroup
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		wg.Add(1)
		go func() { // want low: all elements at once
			defer wg.Done()
			upload(entry)
		}()
	}
	wg.Wait()
}

func body(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	json.NewDecoder(r.Body).Decode(&orders)
	for _, order := range orders {
		go charge(r.Context(), order) // want low: all elements at once
	}
}

func permitted(client Client, ctx context.Context) {
	list, _ := client.ListInstances(ctx)
	slots := make(chan struct{}, 8)
	for _, instance := range list.Items {
		slots <- struct{}{}
		go stopInstance(instance, slots) // bounded: slots
	}
}

func oneByOne(client Client, ctx context.Context) {
	list, _ := client.ListInstances(ctx)
	var wg sync.WaitGroup
	for _, instance := range list {
		wg.Add(1)
		go charge(ctx, instance) // bounded: Wait
		wg.Wait()
	}
}

func configured(workers []Worker, n int) {
	for _, worker := range workers {
		go worker.Run() // nothing
	}
	for i := 0; i < n; i++ {
		go worker(i) // nothing
	}
	for _, name := range []string{"a", "b"} {
		go start(name) // nothing
	}
}

func sorted(client Client) {
	list, _ := client.ListInstances()
	list = filterFew(list)
	for _, instance := range list {
		go charge(instance) // nothing
	}
}

func batch(ctx context.Context, messages []*Message) {
	var wg sync.WaitGroup
	for i := 0; i < len(messages); i++ {
		wg.Add(1)
		go func() { // want low: all elements at once
			defer wg.Done()
			charge(ctx, messages[i])
		}()
	}
	wg.Wait()
}

func sinks(ctx context.Context, sinks []Sink) {
	var wg sync.WaitGroup
	for _, sink := range sinks {
		wg.Add(1)
		go func() { // nothing
			defer wg.Done()
			sink.Flush(ctx)
		}()
	}
	wg.Wait()
}

func queries(w http.ResponseWriter, r *http.Request) {
	var request Request
	if parse(r.Body, int(r.ContentLength), &request) != nil {
		return
	}
	for _, query := range request.Queries {
		go answer(w, query) // want low: all elements at once
	}
}

func (s *store) Open(folder string) {
	files, _ := os.ReadDir(folder)
	for _, each := range files {
		go s.read(each) // nothing
	}
}

func (s *store) atEnd(runner Runner, folder string) {
	runner.AddCloser(func() {
		files, _ := os.ReadDir(folder)
		for _, each := range files {
			go s.read(each) // bounded: AddCloser
		}
	})
}

func (s *store) ofSettings() {
	kinds := s.config.Kinds.ListKinds()
	for _, kind := range kinds {
		go s.fill(kind) // nothing
	}
}
