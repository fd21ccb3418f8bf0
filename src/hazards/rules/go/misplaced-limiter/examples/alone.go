package a

import "net/http"

// serveAlone answers one request.
func serveAlone(w http.ResponseWriter, r *http.Request) {
	tokens := make(chan struct{}, 4) // want high: limits nothing: made anew for each call
	tokens <- struct{}{}
	w.WriteHeader(http.StatusNoContent)
	<-tokens
}
