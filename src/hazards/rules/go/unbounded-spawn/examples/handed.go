package server

import (
	"context"
	"io"
	"net"
	"net/http"
	"reflect"
	"sync"

	"github.com/gin-gonic/gin"
)

type Hub struct {
	commands map[string]func(*Input)
	handlers map[string][]func(...any)
	blocking bool
	peers    []*Conn
}

func (h *Hub) Execute(event Event) {
	args := event.Fields()
	if len(args) < h.minArgs {
		return
	}
	input := &Input{Origin: &event, Args: args}
	go h.commands[args[0]](input) // want low: one goroutine per message
}

func (h *Hub) Publish(topic string, args ...any) {
	for _, handler := range h.handlers[topic] {
		go handler(args...) // want low: one goroutine per message
	}
}

func (h *Hub) runHandler(handler HandlerFunc, task Task) {
	work := func() { handler(task) }
	if h.blocking {
		work()
		return
	}
	go work() // want low: one goroutine per message
}

func (h *Hub) Call(event reflect.Value) {
	go h.call(event) // want low: one goroutine per message
}

func (h *Hub) addConn(c *Conn) {
	h.peers = append(h.peers, c)
	go h.listen(c) // want low: one goroutine per connection
}

func (h *Hub) onConnClosed(c *Conn) {
	go h.forget(c) // nothing
}

func newHub(c *Conn) *Hub {
	h := &Hub{}
	go h.listen(c) // nothing
	return h
}

func (h *Hub) routes() http.Handler {
	return contextHandler(func(w http.ResponseWriter, r *http.Request) {
		metrics, err := parse(r)
		if err != nil {
			return
		}
		go h.forward(metrics) // want low: one goroutine per request
		go func() {           // nothing
			<-r.Context().Done()
			h.leave(metrics)
		}()
	})
}

func (h *Hub) Upgrade(w http.ResponseWriter, r *http.Request, made func(net.Conn) *Conn) {
	conn := made(hijacked(w, r))
	go conn.read() // want low: one goroutine per request
}

func (h *Hub) Import(w http.ResponseWriter, r *http.Request) {
	orders := parse(r.Body)
	go h.save(orders)  // want low: one goroutine per request
	go h.removeOlder() // want low: one goroutine per request
}

// Who asks waits for the answer.
func (h *Hub) SendRequest(request *Request) (*Answer, error) {
	answers := make(chan *Answer, 1)
	go func() { // nothing
		answers <- h.exchange(request)
	}()
	return <-answers, nil
}

func (h *Hub) handleUpdate(update *Update) {
	done := make(chan error, 1)
	go func() { // bounded: waits
		done <- h.apply(update)
	}()
	select {
	case <-done:
		return
	case <-h.ctx.Done():
		return
	}
}

func (h *Hub) notifyTries(message *Message, tries int) {
	for i := 0; i < tries; i++ {
		go h.try(message, i) // nothing
	}
}

func (h *Hub) subscribeTo(request *Request) error {
	go h.bring(request) // nothing
	return nil
}

func (h *Hub) handleQuery(client *Client, sequence uint64) {
	stream := newStream(client, sequence)
	go stream.Send(h.ask(client)) // want low: one goroutine per message
}

func (h *Hub) handleTunnel(request *Message) {
	local, remote := h.ends(request)
	go func() { // nothing
		io.Copy(local, remote)
	}()
}

func (h *Hub) listenTo(bus *Bus) {
	bus.Subscribe("orders", func(order Order) {
		go h.take(order) // want low: one goroutine per message
	})
	bus.Each(func(order Order) {
		go h.take(order) // nothing
	})
}

// A service of gRPC: its answer does not wait.
func (h *Hub) Forward(ctx context.Context, request *ForwardRequest) (*ForwardReply, error) {
	go h.deliver(request) // want low: one goroutine per request
	return &ForwardReply{}, nil
}

func (h *Hub) execute(event *Event, background bool) {
	var all sync.WaitGroup
	for i := 0; i < len(h.peers); i++ {
		all.Add(1)
		go func(index int) { // bounded: waits
			defer all.Done()
			if background {
				go h.peers[index].take(event) // want low: one goroutine per message
				return
			}
			h.peers[index].take(event)
		}(i)
	}
	all.Wait()
}

func (h *Hub) upload(ctx *gin.Context) {
	file := ctx.Param("file")
	go h.store(file) // want low: one goroutine per request
	ctx.Status(http.StatusAccepted)
}

func (h *Hub) HandleEvent(event Event, tries int) {
	if err := h.apply(event); err != nil {
		go h.tellFailure(event) // nothing
	}
	go func() { // nothing
		time.Sleep(pause)
		h.apply(event)
	}()
	first, ended := h.queue.push(event)
	if first {
		go h.drain(event) // bounded: the check
	} else if ended {
		go h.forget(event) // want low: one goroutine per message
	}
}

func (h *Hub) handleOne(event Event) {
	busy := h.queue.push(event)
	if busy {
		return
	}
	go h.drain(event) // bounded: the check
}

func (h *Hub) handleStale(event Event) {
	if !h.beginRefresh() {
		return
	}
	go h.refresh(event) // bounded: the check
}

func (h *Hub) outboundConnected(event Event) {
	go h.serve(event) // nothing
}

func (h *Hub) Transfer(message *Message) chan Event {
	events := make(chan Event)
	go h.bring(message, events) // nothing
	return events
}

func (h *Hub) AddPublisher(publisher *Publisher) {
	go h.serve(publisher) // nothing
}

func (h *Hub) acceptConn(conn net.Conn) {
	go func() { // nothing
		<-h.ctx.Done()
		conn.Close()
	}()
	go h.serve(conn) // want low: one goroutine per connection
}

func (h *Hub) listenOn(conn rawConn) *Server {
	go h.read(conn) // nothing
	return &Server{conn}
}

func (h *Hub) SendBatch(request *Request) error {
	errs := make(chan error)
	for _, part := range request.parts {
		go func() { // bounded: range
			errs <- h.send(part)
		}()
	}
	for err := range errs {
		log.Println(err)
	}
	return nil
}

func (h *Hub) handleHandshake(request *Request) error {
	errs := make(chan error, 1)
	go func() { // bounded: waitForBoth
		errs <- h.send(request)
	}()
	return waitForBoth(errs)
}

func (h *Hub) SubscribeWith(client *http.Client, request *http.Request) error {
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	go h.follow(answer, request) // nothing
	return nil
}

func (h *Hub) handleCall(request *Request, answers chan *Answer) {
	go func() { // nothing
		answers <- h.exchange(request)
	}()
}

func (h *Hub) handleParts(request *Request) error {
	tracker := newTracker()
	for _, part := range request.parts {
		go func() { // bounded: waits
			h.send(part, &tracker)
		}()
	}
	select {
	case err := <-tracker.failed:
		return err
	case <-tracker.done:
		return nil
	}
}

func (h *Hub) handleEnd(request *Request) {
	go h.gracefulClose(request) // bounded: stops
}
