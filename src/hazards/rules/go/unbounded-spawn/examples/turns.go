package server

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

func (s *Server) acceptAll(ctx context.Context, listener Listener) {
	for {
		conn, err := listener.AcceptWithContext(ctx)
		if err != nil {
			select {
			case <-s.stopper.SoftStopChan():
				return
			default:
				continue
			}
		}
		go s.serve(conn) // want low: one goroutine per connection
	}
}

func (s *Server) packets(socket net.PacketConn) {
	for s.isStarted() {
		packet, from, err := s.reader.ReadPacketConn(socket)
		if err != nil {
			return
		}
		if len(packet) < headerSize {
			continue
		}
		go s.answer(packet, from) // want low: one goroutine per value
	}
}

func (s *Server) commands(ws *WebSocket) {
	for {
		var message Command
		if err := ws.ReadJSON(&message); err != nil {
			return
		}
		go func() { // want low: one goroutine per value
			s.run(message)
		}()
	}
}

func (s *Server) respond(ctx context.Context) {
	for {
		message, answer, err := s.responder.Respond(ctx)
		if err != nil {
			continue
		}
		if s.active > s.maxActive {
			answer.Refuse()
			continue
		}
		go s.invoke(message, answer) // bounded: check
	}
}

func (s *Server) reconnect(ctx context.Context) {
	for {
		conn, err := s.dial(ctx)
		if err != nil {
			continue
		}
		go s.beat(conn) // nothing
		s.read(conn)
	}
}

func (s *Server) startAll(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		s.startHandler(conn)
	}
}

// The wait is for the start only.
func (s *Server) startHandler(conn net.Conn) {
	var started sync.WaitGroup
	started.Add(1)
	go func() { // want low: one goroutine per connection
		defer conn.Close()
		started.Done()
		s.serve(conn)
	}()
	started.Wait()
}

func (s *Server) enqueue(order Order) {
	select {
	case s.queue <- order:
	default:
		go func() { // want low: one goroutine per value
			select {
			case s.queue <- order:
			case <-s.ctx.Done():
			}
		}()
	}
}

func (s *Server) readAll() {
	var err error
	for err == nil {
		err = s.readOne()
	}
}

func (s *Server) readOne() error {
	frame, err := s.framer.ReadFrame()
	if err != nil {
		return err
	}
	go s.handle(frame) // want low: one goroutine per value
	return nil
}

func (s *Server) poll(period time.Duration) {
	for {
		time.Sleep(period)
		pairs, err := s.browse()
		if err == nil {
			go s.tell(pairs) // nothing
		}
	}
}

func (s *Server) acceptWithHelper(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		s.start(func() { s.serve(conn) })
	}
}

func (s *Server) start(work func()) {
	go work() // want low: one goroutine per connection
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	closed := r.Context().Done()
	go func() { // nothing
		<-closed
		s.forget(r)
	}()
}

func loop(listener net.Listener) error {
	var all sync.WaitGroup
	for {
		conn, err := listener.Accept()
		if err != nil {
			all.Wait()
			return err
		}
		all.Add(1)
		go func() { // want low: one goroutine per connection
			defer all.Done()
			serve(conn)
		}()
	}
}

func (s *Server) sender() {
	for {
		if len(s.ready) == 0 {
			s.room.Wait()
			continue
		}
		message := <-s.messages
		go s.send(message) // bounded: permit
	}
}
