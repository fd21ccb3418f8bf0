package a

import (
	"github.com/gorilla/websocket"
	"google.golang.org/grpc"
)

func (s *server) Watch(request *pb.Request, stream pb.Orders_WatchServer) error {
	for order := range s.orders {
		stream.Send(order) // want low: error of the send ignored
		_ = stream.Send(order) // want low: error of the send ignored
		if err := stream.Send(order); err != nil { // bounded: Send
			return err
		}
		s.mail.Send(order) // nothing
	}
	stream.Send(last) // nothing
	return nil
}

func (s *server) Generic(request *pb.Request, stream grpc.ServerStreamingServer[pb.Order]) error {
	for {
		err := stream.Send(next()) // bounded: Send
		if err != nil {
			return err
		}
	}
}

func push(conn *websocket.Conn, ticks <-chan Tick) {
	for tick := range ticks {
		conn.WriteJSON(tick) // want low: error of the send ignored
	}
	conn.WriteMessage(websocket.CloseMessage, nil) // nothing
}

func farewell(conn *websocket.Conn, ticks <-chan Tick) {
	for {
		tick, open := <-ticks
		if !open {
			conn.WriteMessage(websocket.CloseMessage, nil) // bounded: returns
			return
		}
		conn.WriteJSON(tick) // want low: error of the send ignored
	}
}
