package scopes

import (
	"container/list"
	"sync"
)

type scopes struct {
	lock sync.Mutex
	held *list.List
}

func (s *scopes) Push(scope *Scope) {
	s.held.PushBack(scope) // nothing
}

func (s *scopes) Pop() {
	s.held.Remove(s.held.Back())
}
