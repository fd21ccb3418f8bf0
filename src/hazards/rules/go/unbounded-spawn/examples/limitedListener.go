package examples

import (
	"net"

	"golang.org/x/net/netutil"
)

func limitedListener(inner net.Listener) error {
	listener := netutil.LimitListener(inner, 500)
	for {
		connection, err := listener.Accept()
		if err != nil {
			return err
		}
		go serve(connection) // bounded: listener
	}
}
