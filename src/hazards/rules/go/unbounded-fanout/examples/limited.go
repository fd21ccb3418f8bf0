package a

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func all(ctx context.Context, store Store) error {
	var g errgroup.Group
	g.SetLimit(16)
	rows, _ := store.ListOrders(ctx)
	for _, row := range rows {
		g.Go(func() error { return charge(ctx, row) }) // bounded: SetLimit
	}
	return g.Wait()
}
