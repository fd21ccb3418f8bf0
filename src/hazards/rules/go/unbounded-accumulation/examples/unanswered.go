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

func (c *Client) forget(id int) {
	c.lock.Lock()
	delete(c.waiting, id)
	delete(c.careful, id)
	delete(c.ending, id)
	c.lock.Unlock()
}
