package main

import (
	"encoding/json"
	"net/http"
)

func limited(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	var order Order
	if err := json.NewDecoder(r.Body).Decode(&order); err != nil { // bounded: MaxBytesReader
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}
