package timers

import "sync"

type timers struct {
	lock  sync.Mutex
	items []*timer
}

func (t *timers) Len() int           { return len(t.items) }
func (t *timers) Less(i, j int) bool { return t.items[i].at < t.items[j].at }
func (t *timers) Swap(i, j int)      { t.items[i], t.items[j] = t.items[j], t.items[i] }

func (t *timers) Push(x any) {
	t.items = append(t.items, x.(*timer)) // nothing
}

func (t *timers) Pop() any {
	last := t.items[len(t.items)-1]
	t.items = t.items[:len(t.items)-1]
	return last
}

type writer struct {
	lock   sync.Mutex
	buffer []byte
	frames []Frame
}

func (w *writer) Write(text []byte) (int, error) {
	w.lock.Lock()
	w.buffer = append(w.buffer, text...) // nothing
	w.lock.Unlock()
	return len(text), nil
}

func (w *writer) WriteFrame(frame Frame) {
	w.lock.Lock()
	w.frames = append(w.frames, frame) // want low: queue grows per call
	w.lock.Unlock()
}

func (w *writer) flush() {
	w.lock.Lock()
	frames := w.frames
	buffer := w.buffer[0:]
	w.frames = nil
	w.lock.Unlock()
	send(frames, buffer)
}
