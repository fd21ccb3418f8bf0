package a

import amqp "github.com/rabbitmq/amqp091-go"

func relay(in, out *amqp.Channel, rows []Row) error {
	deliveries, _ := in.Consume("orders", "", false, false, false, false, nil)
	for d := range deliveries {
		out.Publish("", "copies", false, false, amqp.Publishing{Body: d.Body}) // want medium: sends without listening
		d.Ack(false)
	}
	for _, row := range rows {
		if err := out.PublishWithContext(ctx, "", "rows", false, false, row.Message()); err != nil { // bounded: PublishWithContext
			return err
		}
	}
	out.Publish("", "done", false, false, amqp.Publishing{}) // nothing
	return nil
}
