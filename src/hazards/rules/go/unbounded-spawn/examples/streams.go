package examples

import (
	"context"
	"net"

	"github.com/quic-go/quic-go"
)

func streams(connection *quic.Conn) error {
	for {
		stream, err := connection.AcceptStream(context.Background())
		if err != nil {
			return err
		}
		go answer(stream) // bounded: QUIC
	}
}

func multiplexed(session *yamux.Session) error {
	for {
		stream, err := session.AcceptStream()
		if err != nil {
			return err
		}
		go answer(stream) // want low: one goroutine per connection
	}
}

func counted(listener net.Listener, clients map[net.Conn]bool) error {
	for {
		var accepted bool
		client, err := listener.Accept()
		if err != nil {
			return err
		}
		if open && len(clients) < maxClients {
			accepted = true
		} else {
			accepted = false
		}
		if accepted {
			go answer(client) // bounded: check
		}
	}
}
