package rpc

import (
	"context"
	"sync"
)

type Client struct {
	lock    sync.Mutex
	waiting map[int]chan Reply
	careful map[int]chan Reply
	ending  map[int]chan Reply
	calls   map[int]*call
	links   map[int]*link
	packets map[uint16]chan Reply
}

func (c *Client) Ask(ctx context.Context, id int) (Reply, error) {
	answer := make(chan Reply)
	c.lock.Lock()
	c.waiting[id] = answer // want low: kept when no answer comes
	c.lock.Unlock()
	c.send(id)
	select {
	case <-ctx.Done():
		return Reply{}, ctx.Err()
	case reply := <-answer:
		return reply, nil
	}
}

func (c *Client) AskCarefully(ctx context.Context, id int) (Reply, error) {
	answer := make(chan Reply)
	c.careful[id] = answer // nothing
	select {
	case <-ctx.Done():
		c.forget(id)
		return Reply{}, ctx.Err()
	case reply := <-answer:
		return reply, nil
	}
}

func (c *Client) AskOnce(ctx context.Context, id int) (Reply, error) {
	answer := make(chan Reply)
	defer c.forget(id)
	c.ending[id] = answer // nothing
	select {
	case <-ctx.Done():
		return Reply{}, ctx.Err()
	case reply := <-answer:
		return reply, nil
	}
}

func (c *Client) Call(ctx context.Context, id int) (Reply, error) {
	asked := newCall()
	c.lock.Lock()
	c.calls[id] = asked // want low: kept when no answer comes
	c.lock.Unlock()
	select {
	case <-ctx.Done():
		return Reply{}, ctx.Err()
	case reply := <-asked.done:
		return reply, nil
	}
}

func (c *Client) Dial(ctx context.Context, id int) (*link, error) {
	made := newLink()
	c.lock.Lock()
	c.links[id] = made // nothing
	c.lock.Unlock()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-made.ready:
		return made, nil
	}
}

func (c *Client) forget(id int) {
	c.lock.Lock()
	delete(c.waiting, id)
	delete(c.careful, id)
	delete(c.ending, id)
	delete(c.calls, id)
	delete(c.links, id)
	c.lock.Unlock()
}

func (c *Client) AskByPacket(ctx context.Context, id uint16) (Reply, error) {
	answer := make(chan Reply)
	c.lock.Lock()
	c.packets[id] = answer // nothing
	c.lock.Unlock()
	c.send(int(id))
	select {
	case <-ctx.Done():
		return Reply{}, ctx.Err()
	case reply := <-answer:
		return reply, nil
	}
}
