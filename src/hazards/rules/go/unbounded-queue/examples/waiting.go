package pool

import (
	"sync"

	"github.com/gammazero/deque"
)

type Pool struct {
	lock    sync.Mutex
	tasks   chan func()
	waiting deque.Deque[func()]
	limited deque.Deque[func()]
	batch   []*Message
	subs    map[string][]*Message
	queues  map[string][]*Message
}

func (p *Pool) Submit(task func()) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.waiting.PushBack(task) // want low: queue grows per call
	p.limited.PushBack(task) // bounded: p.limited.Len() >= most
}

func (p *Pool) next() func() {
	if p.limited.Len() >= most {
		p.limited.PopFront()
	}
	return p.waiting.PopFront()
}

func (p *Pool) turn() {
	select {
	case task := <-p.tasks:
		p.waiting.PushBack(task) // want low: queue grows per call
	case p.work <- p.waiting.Front():
		p.waiting.PopFront()
	}
}

func (p *Pool) Send(message *Message) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.batch = append(p.batch, message) // want low: queue grows per call
	p.subs[message.Topic] = append(p.subs[message.Topic], message) // nothing
}

func (p *Pool) SendLimited(message *Message) error {
	if p.count >= p.maxCount {
		return errFull
	}
	p.batch = append(p.batch, message) // bounded: p.maxCount
	return nil
}

func (p *Pool) Keep(key string, message *Message) {
	p.queues[key] = append(p.queues[key], message) // want low: queue grows per call
}

func (p *Pool) flush() {
	p.lock.Lock()
	batch := p.batch
	p.batch = nil
	p.lock.Unlock()
	write(batch)
}

func (p *Pool) drain(key string) {
	for len(p.queues[key]) > 0 {
		p.queues[key] = p.queues[key][1:]
	}
}
