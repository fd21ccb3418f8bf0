package a

import (
	"math"

	"github.com/coder/websocket"
	"google.golang.org/grpc"
)

func accept(conn *websocket.Conn) {
	conn.SetReadLimit(-1) // want low: reads all there is
}

func serve() *grpc.Server {
	return grpc.NewServer(grpc.MaxRecvMsgSize(math.MaxInt32)) // want low: reads all there is
}
