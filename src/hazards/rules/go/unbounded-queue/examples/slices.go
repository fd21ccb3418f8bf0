package relay

import "sync"

type sink struct {
	lock    sync.Mutex
	queue   []*Message
	limited []*Message
	outbox  []*Message
	replies []*Message
	writing bool
}

func (s *sink) WriteMessage(message *Message) error {
	s.queue = append(s.queue, message) // want low: queue grows per call
	if len(s.limited) < 100 {
		s.limited = append(s.limited, message) // nothing
	}
	s.outbox = append(s.outbox, message) // bounded: s.outbox = nil
	s.outbox = nil
	s.replies = append(s.replies, message) // nothing
	return nil
}

func (s *sink) write() {
	for len(s.queue) > 0 {
		sent := s.send(s.queue)
		s.queue = s.queue[sent:]
	}
	s.outbox = s.outbox[1:]
	s.replies = s.replies[1:]
}

func (s *sink) Close() {
	s.queue = nil
}
