// Bills every payment, and tells shipping.
package main

import (
	"context"
	"log"
	"os"
	"sync/atomic"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

const paid = "paid"

func main() {
	connection, err := amqp.Dial(os.Getenv("RABBITMQ_URL"))
	if err != nil {
		log.Fatal(err)
	}
	channel, err := connection.Channel()
	if err != nil {
		log.Fatal(err)
	}
	deliveries, err := channel.Consume("payments", "billing", false, false, false, false, nil)
	if err != nil {
		log.Fatal(err)
	}
	for delivery := range deliveries {
		go func(payment amqp.Delivery) {
			writeToLedger()
			err := channel.PublishWithContext(context.Background(), "", paid, false, false, amqp.Publishing{Body: payment.Body})
			if err != nil {
				log.Fatal(err)
			}
			payment.Ack(false)
		}(delivery)
	}
}

var writing atomic.Int64

// writeToLedger stands for a database: 10 ms for one writer, and slower with the square of how many write at once.
func writeToLedger() {
	writers := writing.Add(1)
	defer writing.Add(-1)
	time.Sleep(10 * time.Millisecond * time.Duration(1+writers*writers/1024))
}
