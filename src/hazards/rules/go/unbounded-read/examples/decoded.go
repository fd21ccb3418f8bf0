package main

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"
)

func create(w http.ResponseWriter, r *http.Request) {
	var order Order
	if err := json.NewDecoder(r.Body).Decode(&order); err != nil { // want low: reads all there is
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

func bound(c *gin.Context) {
	var order Order
	if err := c.ShouldBindJSON(&order); err != nil { // want low: reads all there is
		c.AbortWithStatus(http.StatusBadRequest)
	}
}

func asked(c *gin.Context) {
	var page Page
	_ = c.ShouldBindQuery(&page) // nothing: an address has a largest length
}

func answered(resp *http.Response) (order Order, err error) {
	err = json.NewDecoder(resp.Body).Decode(&order) // nothing: the answer to a call of our own
	return order, err
}
