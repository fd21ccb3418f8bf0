package a

import "sync"

type Lookup struct {
	lock    sync.Mutex
	avatars map[string]bool
	few     map[string]bool
	allowed map[string]bool
	Open    map[string]bool
	servers map[string]bool
	shards  map[string]bool
	found   map[string]bool
	heard   map[string]bool
	hosts   map[string]*Host
}

func (l *Lookup) Send(remote string) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.avatars[remote] = false // want low: kept per call, never emptied
	l.few[remote] = false     // nothing
	l.allowed[remote] = false // nothing
	l.Open[remote] = false    // nothing
	l.servers[remote] = false // nothing
	l.shards[remote] = false  // nothing
}

func (l *Lookup) Found(remote string) {
	l.lock.Lock()
	l.avatars[remote] = true // nothing
	l.lock.Unlock()
}

func (l *Lookup) getHost(remote string) *Host {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.hosts[remote] == nil {
		l.hosts[remote] = newHost(remote) // nothing
	}
	return l.hosts[remote]
}

func (l *Lookup) AddRemote(remote string, figures prometheus.Registerer) {
	l.lock.Lock()
	l.found[remote] = false // nothing
	l.lock.Unlock()
}

func (l *Lookup) Receive(remote string) {
	l.lock.Lock()
	l.heard[remote] = false // want low: kept per call, never emptied
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
