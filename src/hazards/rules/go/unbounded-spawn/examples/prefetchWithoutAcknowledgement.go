package examples

import amqp "github.com/rabbitmq/amqp091-go"

// With autoAck the broker counts nothing as unfinished, so the prefetch limits nothing.
func prefetchWithoutAcknowledgement(channel *amqp.Channel) error {
	if err := channel.Qos(50, 0, false); err != nil {
		return err
	}
	deliveries, err := channel.Consume("orders", "", true, false, false, false, nil)
	if err != nil {
		return err
	}
	for delivery := range deliveries {
		go work(delivery.Body) // want high: one goroutine per message
	}
	return nil
}
