package main

import (
	"context"
	"log"

	"github.com/segmentio/kafka-go"
)

// consume hands every message to a goroutine of its own: when handle is slow, nothing holds the reader back.
func consume(ctx context.Context, reader *kafka.Reader) error {
	for {
		message, err := reader.ReadMessage(ctx)
		if err != nil {
			return err
		}
		go handle(message)
	}
}

func handle(message kafka.Message) {
	log.Printf("order %s", message.Key)
}
