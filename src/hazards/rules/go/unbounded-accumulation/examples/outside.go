package a

import "sync"

type Lookup struct {
	lock    sync.Mutex
	avatars map[string]bool
	few     map[string]bool
	allowed map[string]bool
}

func (l *Lookup) Send(remote string) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.avatars[remote] = false // want low: kept per call, never emptied
	l.few[remote] = false     // nothing
	l.allowed[remote] = false // nothing
}

func (l *Lookup) forget(remote string) {
	delete(l.few, remote)
}
