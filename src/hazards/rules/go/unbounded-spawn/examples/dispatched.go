package main

type Session struct {
	handlers map[string][]func(Event)
	outbox   chan Event
}

func (s *Session) Handle(kind string, value interface{}) {
	for _, each := range s.all {
		go each.Handle(s, value) // want low: one goroutine per message
	}
}

func (s *Session) route(event *Event) {
	if handlers, ok := s.handlers[event.Kind]; ok {
		for _, handler := range handlers {
			go handler(*event) // want low: one goroutine per message
		}
	}
	if _, running := s.handlers[event.Kind]; !running {
		go s.forward(*event) // bounded: the check
	}
	go s.refresh() // nothing
}

func (s *Session) collect(events chan Event) {
	go s.forwardAll(events) // nothing
}

func (s *Session) startFor(event Event) {
	go s.forward(event) // nothing
}
