package a

import "sync"

type Lookup struct {
	lock    sync.Mutex
	avatars map[string]bool
	few     map[string]bool
	allowed map[string]bool
	Open    map[string]bool
	servers map[string]bool
}

func (l *Lookup) Send(remote string) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.avatars[remote] = false // want low: kept per call, never emptied
	l.few[remote] = false     // nothing
	l.allowed[remote] = false // nothing
	l.Open[remote] = false    // nothing
	l.servers[remote] = false // nothing
}

func (l *Lookup) Found(remote string) {
	l.lock.Lock()
	l.avatars[remote] = true // nothing
	l.lock.Unlock()
}

type stateReader struct {
	lock    sync.Mutex
	avatars map[string]bool
}

func (s *stateReader) Send(remote string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.avatars[remote] = false // nothing
}

func (l *Lookup) forget(remote string) {
	delete(l.few, remote)
}
