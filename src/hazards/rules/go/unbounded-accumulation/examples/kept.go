package a

import "github.com/segmentio/kafka-go"

type Audit struct {
	all     []string
	recent  []string
	batch   []string
	waiting []string
}

func (a *Audit) consume(reader *kafka.Reader) {
	for {
		m, err := reader.ReadMessage(ctx)
		if err != nil {
			return
		}
		a.all = append(a.all, string(m.Value))       // want medium: kept per message, never emptied
		a.recent = append(a.recent, string(m.Value)) // want medium: kept per message, never emptied
		a.batch = append(a.batch, string(m.Value))   // bounded: a.batch = nil
		a.waiting = append(a.waiting, "x")           // nothing
		parts := append(a.names(), "y")              // nothing
		use(parts)
	}
}

func (a *Audit) flush() {
	write(a.batch)
	a.batch = nil
	a.waiting = a.waiting[1:]
}
