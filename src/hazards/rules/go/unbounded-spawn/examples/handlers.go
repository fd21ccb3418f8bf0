package relay

import (
	"context"
	"net/http"
)

type Router struct {
	handlers map[string]func(*Event)
	running  map[string]bool
}

func (r *Router) dispatchEvent(evt *Event) {
	handler, known := r.handlers[evt.Kind]
	if !known {
		return
	}
	go handler(evt) // want low: one goroutine per message
}

func (r *Router) startOnce(evt *Event) {
	if _, running := r.running[evt.Kind]; running {
		return
	}
	r.running[evt.Kind] = true
}

func (r *Router) onAppResponse(ctx context.Context, response *AppResponse) error {
	state := convert(response.State)
	go func() { // want low: one goroutine per message
		r.save(state)
	}()
	return nil
}

func (r *Router) onConnect(ctx context.Context, peer *Peer) {
	go r.watch(peer) // nothing
}

func (r *Router) handleTopic(topic *Topic) {
	go func() { // nothing
		for {
			topic.read()
		}
	}()
}

func newReceiver(r *Router) func(context.Context, Event, http.Header) error {
	return func(ctx context.Context, evt Event, header http.Header) error {
		go r.deliver(evt, header) // want low: one goroutine per message
		return nil
	}
}
