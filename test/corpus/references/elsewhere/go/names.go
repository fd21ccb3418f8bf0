package main

const (
	ordersTopic        = "orders"
	billingGroup string = "billing"
)

var paid = ordersTopic + ".paid"

var topic = "not this one"
