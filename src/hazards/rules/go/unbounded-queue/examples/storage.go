package queue

import "container/list"

type Storage struct {
	lists   map[string]*list.List
	blocks  *list.List
	letters []*Message
	tokens  []*Token
}

func (s *Storage) Enqueue(name string, message *Message) {
	l, ok := s.lists[name]
	if !ok {
		l = list.New()
		s.lists[name] = l
	}
	l.PushBack(message) // want low: queue grows per call
}

func (s *Storage) Push(message Message) {
	element := s.blocks.Back()
	if element == nil {
		element = s.blocks.PushBack(make([]Message, 0, blockSize)) // want low: queue grows per call
	}
	element.Value = append(element.Value.([]Message), message)
}

func (s *Storage) keep(message *Message) {
	s.letters = append(s.letters, message) // nothing
}

func (s *Storage) pop(name string) (*list.Element, *Message) {
	letter := s.letters[0]
	s.letters = s.letters[1:]
	s.blocks.Remove(s.blocks.Front())
	return s.lists[name].Front(), letter
}
