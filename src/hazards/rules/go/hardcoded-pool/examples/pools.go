package a

import (
	"github.com/gammazero/workerpool"
	"github.com/panjf2000/ants/v2"
)

func start(size int) {
	pool, _ := ants.NewPool(16) // want low: hard-coded: 16 at once
	other := workerpool.New(size) // bounded: size
	ready := workerpool.Name(16) // nothing
	use(pool, other, ready)
}
