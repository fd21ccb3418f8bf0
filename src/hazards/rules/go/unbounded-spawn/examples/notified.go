package main

import amqp "github.com/rabbitmq/amqp091-go"

func answers(channel *amqp.Channel, handle func(amqp.Return)) {
	returns := channel.NotifyReturn(make(chan amqp.Return, 1))
	for returned := range returns {
		go handle(returned) // want high: one goroutine per message
	}
	closed := channel.NotifyClose(make(chan *amqp.Error, 1))
	for reason := range closed {
		go report(reason) // nothing
	}
}
