package main

import (
	"container/list"
	"sync"

	_ "github.com/eclipse/paho.mqtt.golang"
)

type eventQueue struct {
	lock    sync.Mutex
	waiting *list.List
	looked  *list.List
	routes  *list.List
}

func (q *eventQueue) add(event *Event) {
	element := q.waiting.PushBack(event) // want low: queue grows per call
	event.place = element
	if q.looked.Len() < 1000 {
		q.looked.PushBack(event) // bounded: looked.Len() <
	}
	q.routes.PushBack(event) // nothing
}

func (q *eventQueue) next() *Event {
	return first(q.waiting.Front(), q.looked.Front(), q.routes.Front())
}
