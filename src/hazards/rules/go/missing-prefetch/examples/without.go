package sample

import amqp "github.com/rabbitmq/amqp091-go"

func start(conn *amqp.Connection, replyTo string) error {
	ch, err := conn.Channel()
	if err != nil {
		return err
	}
	deliveries, err := ch.Consume( // want high: no prefetch
		"orders", // queue
		"",       // consumer
		false,    // autoAck
		false, false, false, nil,
	)
	if err != nil {
		return err
	}
	taken, err := ch.Consume("mails", "", true, false, false, false, nil) // want medium: no prefetch
	if err != nil {
		return err
	}
	answers, err := ch.Consume(replyTo, "", false, false, false, false, nil) // nothing
	go handle(deliveries, taken, answers)
	return err
}
