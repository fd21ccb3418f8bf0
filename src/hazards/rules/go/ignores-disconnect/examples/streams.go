package a

import (
	"fmt"
	"net/http"
	"time"
)

func events(w http.ResponseWriter, r *http.Request) {
	ticker := time.NewTicker(time.Second)
	for range ticker.C { // want high: goes on after the client has left
		fmt.Fprintf(w, "data: %s\n\n", status())
		w.(http.Flusher).Flush()
	}
}

func (s *server) Watch(request *pb.Request, stream pb.Orders_WatchServer) error {
	for { // want high: goes on after the client has left
		stream.Send(s.next())
		time.Sleep(time.Second)
	}
}

func watched(w http.ResponseWriter, r *http.Request) {
	for { // bounded: .Context()
		select {
		case <-r.Context().Done():
			return
		case event := <-subscribe():
			fmt.Fprint(w, event)
		}
	}
}

func (s *server) Stopped(request *pb.Request, stream pb.Orders_StoppedServer) error {
	for { // bounded: stream.Send
		if err := stream.Send(s.next()); err != nil {
			return err
		}
	}
}

func few(w http.ResponseWriter, r *http.Request) {
	for _, row := range rows { // nothing
		fmt.Fprint(w, row)
	}
	for i := 0; i < 3; i++ { // nothing
		fmt.Fprint(w, i)
	}
	for { // nothing
		work()
	}
}
