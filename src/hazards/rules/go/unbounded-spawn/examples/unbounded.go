package examples

import (
	"context"
	"log"
	"net"

	"github.com/IBM/sarama"
	"github.com/nats-io/nats.go"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/segmentio/kafka-go"
	"golang.org/x/sync/errgroup"
)

func rangeOverChannel(jobs <-chan Job) {
	for job := range jobs {
		go job.Run() // want low: one goroutine per value
	}
}

func receiveInEndlessLoop(ctx context.Context, jobs chan Job) {
	for {
		select {
		case <-ctx.Done():
			return
		case job := <-jobs:
			go func() { // want low: one goroutine per value
				job.Run()
			}()
		}
	}
}

func receiveBeforeTheStart(jobs chan Job) {
	for {
		job, open := <-jobs
		if !open {
			return
		}
		go job.Run() // want low: one goroutine per value
	}
}

func receiveInTheArguments(jobs chan Job) {
	for {
		go run(<-jobs) // want low: one goroutine per value
	}
}

type pump struct{ in chan Job }

func (p *pump) rangeOverField() {
	for job := range p.in {
		go p.handle(job) // want low: one goroutine per value
	}
}

func kafkaReader(ctx context.Context, reader *kafka.Reader) {
	for {
		message, err := reader.FetchMessage(ctx)
		if err != nil {
			return
		}
		go work(message.Value) // want high: one goroutine per message
	}
}

func kafkaCommitsFirst(ctx context.Context, reader *kafka.Reader) error {
	for {
		message, err := reader.FetchMessage(ctx)
		if err != nil {
			return err
		}
		go work(message.Value) // want critical: one goroutine per message
		if err := reader.CommitMessages(ctx, message); err != nil {
			return err
		}
	}
}

type claims struct{}

func (claims) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for message := range claim.Messages() {
		go work(message.Value) // want critical: one goroutine per message
		session.MarkMessage(message, "")
	}
	return nil
}

func rabbitWithoutPrefetch(channel *amqp.Channel) error {
	deliveries, err := channel.Consume("orders", "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	for delivery := range deliveries {
		go work(delivery.Body) // want high: one goroutine per message
	}
	return nil
}

func natsCallback(connection *nats.Conn) {
	connection.Subscribe("orders", func(message *nats.Msg) {
		go work(message.Data) // want high: one goroutine per message
	})
}

func onOrder(message *nats.Msg) {
	go work(message.Data) // want high: one goroutine per message
}

func throughOneCall(ctx context.Context, reader *kafka.Reader) {
	for {
		message, err := reader.FetchMessage(ctx)
		if err != nil {
			return
		}
		dispatch(message.Value)
	}
}

func dispatch(value []byte) {
	go work(value) // want high: one goroutine per message
}

func groupWithoutLimit(jobs <-chan Job) error {
	var group errgroup.Group
	for job := range jobs {
		group.Go(func() error { // want low: one goroutine per value
			return job.Run()
		})
	}
	return group.Wait()
}

func acceptLoop(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Print(err)
			continue
		}
		go serve(connection) // want low: one goroutine per connection
	}
}

func packets(socket *net.UDPConn) {
	buffer := make([]byte, 1500)
	for {
		n, from, err := socket.ReadFromUDP(buffer)
		if err != nil {
			return
		}
		if n > 0 {
			go answer(socket, from, append([]byte(nil), buffer[:n]...)) // want high: one goroutine per packet
		}
	}
}

// The counter at the end waits for the goroutines, but only after the loop.
func waitsTooLate(jobs <-chan Job) {
	var all sync.WaitGroup
	for job := range jobs {
		all.Add(1)
		go func() { // want low: one goroutine per value
			defer all.Done()
			job.Run()
		}()
	}
	all.Wait()
}

// The peer may or may not wait for an answer before it asks again.
func requests(stream Stream) error {
	for {
		request, err := stream.Recv()
		if err != nil {
			return err
		}
		go func() { // want low: one goroutine per request
			stream.Send(answer(request))
		}()
	}
}

// A select with an empty default only tries: it waits for nothing.
func onlyTries(ctx context.Context, reader *kafka.Reader, slots chan struct{}, finished chan struct{}) {
	for {
		message, err := reader.FetchMessage(ctx)
		if err != nil {
			return
		}
		select {
		case slots <- struct{}{}:
		default:
		}
		go work(message.Value) // want high: one goroutine per message
		select {
		case <-finished:
			return
		default:
		}
	}
}
