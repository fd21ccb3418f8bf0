package a

import amqp "github.com/rabbitmq/amqp091-go"

func start(ch *amqp.Channel, d amqp.Delivery) {
	arguments := amqp.Table{"x-dead-letter-exchange": "refused"}
	ch.QueueDeclare("orders", true, false, false, false, arguments) // bounded: x-dead-letter-exchange
	d.Reject(false)
}
