package a

import (
	"container/list"

	"github.com/nats-io/nats.go"
)

var waiting []*nats.Msg

type Relay struct {
	items   []string
	limited []string
	backlog *list.List
	seen    []string
}

func (r *Relay) start(nc *nats.Conn) {
	nc.Subscribe("orders", func(m *nats.Msg) {
		waiting = append(waiting, m)              // want high: queue grows per message
		r.items = append(r.items, string(m.Data)) // want high: queue grows per message
		r.backlog.PushBack(m)                     // want high: queue grows per message
		if len(r.limited) >= 1000 {
			return
		}
		r.limited = append(r.limited, string(m.Data)) // bounded: len(r.limited) >= 1000
		r.seen = append(r.seen, string(m.Data))       // nothing
	})
}

func (r *Relay) next() string {
	first := r.items[0]
	r.items = r.items[1:]
	waiting = waiting[1:]
	r.limited = r.limited[1:]
	r.backlog.Remove(r.backlog.Front())
	return first
}

func (r *Relay) names(all []string) (found []string) {
	for _, name := range all {
		found = append(found, name) // nothing
		r.items = append(r.items, name) // nothing
	}
	return found
}
