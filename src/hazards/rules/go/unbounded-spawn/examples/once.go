package gateway

import (
	"net"
	"net/http"
)

type Gateway struct {
	connected chan struct{}
	slots     chan struct{}
}

func (g *Gateway) Run(source Source) {
	g.connected <- struct{}{}
	for {
		g.handleCall(source.Next())
	}
}

func (g *Gateway) handleCall(call callMessage) {
	go func() { // want low: one goroutine per message
		g.answer(call)
	}()
}

func (g *Gateway) RunFew(source Source) {
	for {
		g.slots <- struct{}{}
		g.handleFew(source.Next())
	}
}

func (g *Gateway) handleFew(call callMessage) {
	go func() { // bounded: g.slots <- struct{}{}
		defer func() { <-g.slots }()
		g.answer(call)
	}()
}

func newServerConn(g *Gateway, conn net.Conn) *ServerConn {
	served := &ServerConn{gateway: g, conn: conn}
	go served.run() // want low: one goroutine per connection
	return served
}

func newClientConn(conn net.Conn) *ServerConn {
	dialled := &ServerConn{conn: conn}
	go dialled.run() // nothing
	return dialled
}

func receive(w http.ResponseWriter, r *http.Request) {
	receiver := newReceiver(w)
	ended := r.Context()
	go func() { // nothing
		select {
		case <-ended.Done():
			receiver.interrupt()
		case <-receiver.doneCh:
		}
	}()
}
