package a

import (
	"net/http"

	"github.com/gorilla/websocket"
)

var upgrader = websocket.Upgrader{}

func serve(w http.ResponseWriter, r *http.Request) {
	conn, err := upgrader.Upgrade(w, r, nil)
	conn.SetReadLimit(4096) // nothing
	for err == nil {
		_, message, failed := conn.ReadMessage() // bounded: SetReadLimit
		use(message, failed)
	}
}
