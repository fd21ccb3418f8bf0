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

type fragments struct {
	lock sync.Mutex
	list *list.List
}

func (f *fragments) insert(part *Fragment) {
	f.list.PushBack(part) // nothing
}

func (f *fragments) Push(part *Fragment) {
	f.list.PushBack(part) // want low: queue grows per call
}

func (f *fragments) next() *Fragment {
	return f.list.Remove(f.list.Front()).(*Fragment)
}
