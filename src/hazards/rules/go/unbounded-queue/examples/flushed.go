package flush

import "sync"

type Socket struct {
	lock   sync.Mutex
	queue  map[int][]*Packet
	buffer []*Packet
	batch  []*Packet
}

func (s *Socket) SendPacket(kind int, packet *Packet) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.queue == nil {
		s.queue = make(map[int][]*Packet)
	}
	s.queue[kind] = append(s.queue[kind], packet) // want low: queue grows per call
	s.buffer = append(s.buffer, packet)           // want low: queue grows per call
	s.batch = append(s.batch, packet)             // bounded: len(s.batch) >= 100
	if len(s.batch) >= 100 {
		s.flushBatch()
	}
}

func (s *Socket) flush() {
	s.lock.Lock()
	defer s.lock.Unlock()
	for kind, packets := range s.queue {
		delete(s.queue, kind)
		s.write(packets)
	}
	all := make([]*Packet, len(s.buffer))
	copy(all, s.buffer)
	s.buffer = s.buffer[:0]
	s.write(all)
}

func (s *Socket) flushBatch() {
	batch := s.batch
	s.batch = nil
	s.write(batch)
}
