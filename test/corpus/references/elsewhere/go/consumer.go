package main

import (
	"context"

	"example.com/shop/internal/topics"
	names "example.com/shop/internal/topics"
	"github.com/segmentio/kafka-go"
)

func consume(parcels string) {
	_ = kafka.NewReader(kafka.ReaderConfig{Topic: ordersTopic, GroupID: billingGroup}) // consume kafka orders / billing constant of names.go:4, names.go:5
	_ = kafka.NewReader(kafka.ReaderConfig{Topic: topics.Refunds})                     // consume kafka refunds constant of internal/topics/topics.go:3
	_ = &kafka.Writer{Topic: names.Defaults.Topic}                                     // produce kafka ledger constant of internal/topics/topics.go:7
	_ = &kafka.Writer{Topic: paid}                                                     // produce kafka orders.paid constant of names.go:8
	_ = &kafka.Writer{Topic: spool}                                                    // produce kafka ? unknown of /var/spool in names_linux.go:3, C:/spool in names_windows.go:3
	_ = &kafka.Writer{Topic: parcels}                                                  // produce kafka parcels constant of main.go:4
	for _, topic := range []string{} {
		_ = &kafka.Writer{Topic: topic} // produce kafka ? unknown
	}
	_ = context.Background()
}

func relay(to string) {
	_ = &kafka.Writer{Topic: to} // produce kafka ? unknown of left in main.go:5, right in other.go:4
}
