package a

import amqp "github.com/rabbitmq/amqp091-go"

func start(ch *amqp.Channel, deliveries <-chan amqp.Delivery) {
	ch.QueueDeclare("orders", true, false, false, false, nil) // want low: refused messages are lost
	for d := range deliveries {
		d.Nack(false, false)
	}
	ch.QueueBind("orders", "", "all", false, nil) // nothing
}
