package a

import (
	"net"
	"time"
)

type office struct {
	mail       chan Letter
	userStatus chan Status
	link       net.Conn
	rooms      map[string]map[*Guest]bool
}

func (o *office) carry() {
	for letter := range o.mail {
		go letter.Deliver() // want low: one goroutine per value
	}
}

func (o *office) unused() {
	for letter := range o.mail {
		if letter.Resized {
			go o.redraw() // nothing
		}
	}
}

func (o *office) paced() {
	for letter := range o.mail {
		go letter.Deliver() // nothing
		time.Sleep(time.Second)
	}
}

func (o *office) pausesAtErrors() {
	for letter := range o.mail {
		if letter.Broken {
			time.Sleep(time.Second)
		}
		go letter.Deliver() // want low: one goroutine per value
	}
}

func (o *office) guests(name string) {
	room, known := o.rooms[name]
	if !known {
		return
	}
	for guest := range room {
		go guest.Tell(name) // nothing
	}
}

func (o *office) listen(conn *net.UDPConn) {
	buffer := make([]byte, 1500)
	for {
		conn.ReadFromUDP(buffer)
		o.linked().Write(buffer)
	}
}

func (o *office) linked() net.Conn {
	if o.link != nil {
		return o.link
	}
	made := dial()
	go o.watch(made) // bounded: check
	o.link = made
	return made
}

func (o *office) states() {
	for status := range o.userStatus {
		go o.tell(status) // nothing
	}
}

func (o *office) failures() {
	for letter := range o.mail {
		if err := letter.Open(); err != nil {
			go o.tell(letter) // nothing
		}
	}
}

func (o *office) sorted() {
	for {
		select {
		case letter := <-o.mail:
			switch content := letter.Content.(type) {
			case *Order:
				go o.deliver(content.Sender) // want low: one goroutine per value
			case *Resized:
				go o.redraw() // nothing
			}
		}
	}
}
