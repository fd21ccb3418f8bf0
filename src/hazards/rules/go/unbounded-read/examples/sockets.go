package a

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gobwas/ws/wsutil"
	"github.com/gorilla/websocket"
)

var upgrader = websocket.Upgrader{}

func serve(w http.ResponseWriter, r *http.Request) {
	conn, err := upgrader.Upgrade(w, r, nil)
	for err == nil {
		_, message, failed := conn.ReadMessage() // want low: reads all there is
		use(message, failed)
		var order Order
		err = conn.ReadJSON(&order) // want low: reads all there is
	}
}

func frames(raw rawConnection) {
	message, _, err := wsutil.ReadClientData(raw) // want low: reads all there is
	use(message, err)
}

func other(records *recordReader) {
	next, err := records.ReadMessage(10) // nothing
	use(next, err)
}

func raw(c *gin.Context) {
	body, err := c.GetRawData() // want low: reads all there is
	use(body, err)
}
