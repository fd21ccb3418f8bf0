package sample

import (
	"context"

	amqp "github.com/rabbitmq/amqp091-go"
)

func start(ctx context.Context, conn *amqp.Connection) error {
	ch, err := conn.Channel()
	if err != nil {
		return err
	}
	if err := ch.Qos(20, 0, false); err != nil {
		return err
	}
	_, err = ch.ConsumeWithContext(ctx, "orders", "", false, false, false, false, nil) // bounded: Qos
	return err
}
