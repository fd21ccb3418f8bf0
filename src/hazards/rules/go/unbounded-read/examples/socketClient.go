package a

import "github.com/gorilla/websocket"

func listen(address string) {
	conn, _, err := websocket.DefaultDialer.Dial(address, nil)
	for err == nil {
		_, message, failed := conn.ReadMessage() // nothing
		use(message, failed)
	}
}
