package main

import "sync"

type translator struct {
	mutex sync.Mutex
	known map[string]string
	sizes map[int]string
	byZone map[string]string
}

func (t *translator) translate(word string) string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if found, ok := t.known[word]; ok {
		return found
	}
	found := askDictionary(word)
	t.known[word] = found // want low: kept per call, never emptied
	return found
}

func (t *translator) sized(size int) string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	found := askSize(size)
	t.sizes[size] = found // nothing: no key that somebody brings from outside
	return found
}

func (t *translator) zoned(word string) string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if len(t.byZone) > 1000 {
		clear(t.byZone)
	}
	found := askDictionary(word)
	t.byZone[word] = found // nothing: cleared above a thousand
	return found
}

func (t *translator) registerWord(word, meaning string) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.known[word] = meaning // nothing: what the program sets up
}
