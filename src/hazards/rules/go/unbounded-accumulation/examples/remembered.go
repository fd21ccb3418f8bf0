package crawl

import (
	"sync"
	"time"
)

type VisitedStorage struct {
	lock    sync.Mutex
	visited map[string]bool
	leased  map[string]bool
	few     map[string]bool
	routes  map[string]func()
	seen    sync.Map
	known   sync.Map
}

func (s *VisitedStorage) Visit(requestID string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.visited == nil {
		s.visited = make(map[string]bool)
	}
	s.visited[requestID] = true                 // want low: kept per call, never emptied
	s.leased[requestID] = true                  // nothing
	s.seen.Store(requestID, true)               // want low: kept per call, never emptied
	_, _ = s.known.LoadOrStore(requestID, true) // nothing
}

func (s *VisitedStorage) Track(requestID string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if len(s.few) > 1000 {
		return
	}
	s.few[requestID] = true // nothing
}

func (s *VisitedStorage) Handle(requestID string, route func()) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.routes[requestID] = route // nothing
}

func (s *VisitedStorage) done(requestID string) {
	delete(s.leased, requestID)
	s.known.Delete(requestID)
}

type visitParser struct {
	lock    sync.Mutex
	visited map[string]bool
}

func (p *visitParser) visit(requestID string) {
	p.lock.Lock()
	p.visited[requestID] = true // nothing
	p.lock.Unlock()
}

func watch(ticker *time.Ticker, out chan string) {
	var seen sync.Map
	fresh := make(map[string]bool)
	for range ticker.C {
		recent := map[string]bool{}
		for _, line := range lines() {
			_, known := seen.LoadOrStore(line, true) // want low: kept per call, never emptied
			use(known)
			fresh[line] = true  // nothing
			recent[line] = true // nothing
		}
		delete(fresh, "")
	}
}

func unique(all []string) {
	seen := make(map[string]bool)
	for _, each := range all {
		seen[each] = true // nothing
	}
}
