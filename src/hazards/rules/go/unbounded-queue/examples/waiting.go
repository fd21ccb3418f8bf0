package pool

import (
	"container/list"
	"sync"

	"github.com/gammazero/deque"
)

type Pool struct {
	overflow *list.List
	freeList *list.List
	lock     sync.Mutex
	tasks    chan func()
	waiting  deque.Deque[func()]
	limited  deque.Deque[func()]
	batch    []*Message
	in       chan func()
	done     chan func()
	subs     map[string][]*Message
	queues   map[string][]*Message
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
	p.batch = append(p.batch, message)                             // want low: queue grows per call
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

// Items that find no room in the channel wait in the list, however full it is.
func (p *Pool) pump() {
	for {
		next := p.overflow.Front()
		select {
		case task := <-p.in:
			p.overflow.PushBack(task) // want medium: queue grows per value
		case p.out <- next.Value:
			p.overflow.Remove(next)
		}
	}
}

func (p *Pool) giveBack() {
	for task := range p.done {
		p.freeList.PushBack(task) // nothing
		p.freeList.Remove(p.freeList.Front())
	}
}

func (p *Pool) SendNewest(messages []*Message) {
	if over := len(p.batch) + len(messages) - p.capacity; over > 0 {
		p.batch = p.batch[over:]
	}
	p.batch = append(p.batch, messages...) // bounded: p.capacity
}

func buffer(in <-chan *Message, out chan<- *Message) {
	var waiting []*Message
	for message := range in {
		waiting = append(waiting, message) // want medium: queue grows per value
		select {
		case out <- waiting[0]:
			waiting = waiting[1:]
		default:
		}
	}
}

func walk(root *Tree) {
	trees := []*Tree{root}
	for len(trees) > 0 {
		tree := trees[0]
		trees = trees[1:]
		for _, child := range tree.Children {
			trees = append(trees, child) // nothing
		}
	}
}

func (p *Pool) Requeue(task func()) {
	p.lock.Lock()
	p.waiting.PushBack(task) // nothing
	p.lock.Unlock()
}

func (p *Pool) SendPermitted(message *Message) {
	p.slots <- struct{}{}
	p.batch = append(p.batch, message) // bounded: p.slots
}
