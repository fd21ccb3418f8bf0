package examples

import amqp "github.com/rabbitmq/amqp091-go"

func prefetch(channel *amqp.Channel) error {
	if err := channel.Qos(50, 0, false); err != nil {
		return err
	}
	deliveries, err := channel.Consume("orders", "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	for delivery := range deliveries {
		go func() { // bounded: broker
			work(delivery.Body)
			delivery.Ack(false)
		}()
	}
	return nil
}
