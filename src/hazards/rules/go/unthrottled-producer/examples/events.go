package a

import "github.com/confluentinc/confluent-kafka-go/v2/kafka"

func all(producer *kafka.Producer, rows []Row) {
	go func() {
		for event := range producer.Events() {
			report(event)
		}
	}()
	for _, row := range rows {
		producer.Produce(row.Message(), nil) // bounded: Events
	}
}
