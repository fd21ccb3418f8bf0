package sample

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/nats-io/nats.go/jetstream"
	confluent "github.com/confluentinc/confluent-kafka-go/v2/kafka"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/redis/go-redis/v9"
	"github.com/segmentio/kafka-go"
)

const orders = "orders"

type settings struct{ topic string }

func consume(ctx context.Context, region string, s settings, ch *amqp.Channel, rdb *redis.Client) {
	reader := kafka.NewReader(kafka.ReaderConfig{ // consume kafka orders / billing constant
		Topic:   orders,
		GroupID: "billing",
	})
	_ = reader
	_ = &kafka.Writer{Topic: fmt.Sprintf("refunds.%s", region)} // produce kafka refunds.* template
	_ = &kafka.Writer{Topic: os.Getenv("OUT_TOPIC")}            // produce kafka invoices config
	_ = &kafka.Writer{Topic: s.topic}                           // produce kafka ? unknown
	queue := "jobs"
	ch.QueueDeclare(queue, true, false, false, false, nil)                     // declare rabbitmq jobs constant
	ch.Consume(queue, "", false, false, false, false, nil)                     // consume rabbitmq jobs constant
	ch.PublishWithContext(ctx, "events", "order.paid", false, false, message()) // produce rabbitmq events/order.paid literal
	rdb.XReadGroup(ctx, &redis.XReadGroupArgs{                                 // consume redis parcels / shipping literal
		Group:   "shipping",
		Streams: []string{"parcels", ">"},
	})
	rdb.XAdd(ctx, &redis.XAddArgs{Stream: "parcels"}) // produce redis parcels literal
	rdb.LPush(ctx, "mails", 1)                        // produce redis mails literal
}

var invoices = flag.String("queue", "invoices", "where invoices wait")

type worker struct{ topic string }

func start(ctx context.Context, js jetstream.JetStream, ch *amqp.Channel) {
	queue := "receipts" // not the queue of consume
	declared, _ := ch.QueueDeclare(queue, true, false, false, false, nil) // declare rabbitmq receipts constant
	ch.Consume(declared.Name, "", false, false, false, false, nil)        // consume rabbitmq receipts constant
	ch.Consume(*invoices, "", false, false, false, false, nil)            // consume rabbitmq invoices config
	send(ch, "reminders")
	(&worker{topic: "ledger"}).run()
	stream, _ := js.CreateStream(ctx, jetstream.StreamConfig{Name: "EVENTS"})                     // declare nats EVENTS literal
	stream.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{Durable: "audit"}) // consume nats EVENTS / audit literal
}

func send(ch *amqp.Channel, to string) {
	ch.Publish("", to, false, false, message()) // produce rabbitmq reminders constant
}

func (w *worker) run() {
	_ = &kafka.Writer{Topic: w.topic} // produce kafka ledger constant
}

func confluentOnes(ctx context.Context, admin *confluent.AdminClient, writer *kafka.Writer) {
	config := &confluent.ConfigMap{"group.id": "shipping"}
	consumer, _ := confluent.NewConsumer(config)
	consumer.Subscribe("parcels", nil)                                               // consume kafka parcels / shipping literal
	admin.CreateTopics(ctx, []confluent.TopicSpecification{{Topic: "parcels"}})      // declare kafka parcels literal
	consumer.Committed([]confluent.TopicPartition{{Topic: &orders}}, 1000)           // what is asked about is not produced
	writer.WriteMessages(ctx, kafka.Message{Topic: "stamps"})                        // produce kafka stamps literal
}
