import { describe, expect, it } from 'vitest';
import { judged } from './judged';

const spawned = (text: string) => judged('go/unbounded-spawn', 'orders.go', text);

/** A loop over messages of Kafka, and what else the file declares. */
const reading = (each: string, declared = '') => `package orders

import (
	"github.com/segmentio/kafka-go"
)
${declared}
func (s *Store) consume(ctx context.Context, reader *kafka.Reader) error {
	for {
		m, err := reader.FetchMessage(ctx)
		if err != nil {
			return err
		}
		${each}
	}
}
`;

describe('goroutines that Go starts for messages are limited', () => {
  const limited = (start: string) => spawned(reading(start, 'func (s *Store) open() {\n\ts.group.SetLimit(8)\n}\n'));

  it('by the limit of the group that starts them, not by that of another', async () => {
    expect(await limited('s.group.Go(func() error { // HERE\nreturn handle(m)\n})')).toBe('a limit by `SetLimit(…)`');
    expect(await limited('go handle(m) // HERE')).toBe('hazard');
  });

  it('by a listener with a limit as connections, not as messages', async () => {
    const listens =
      'func open(inner net.Listener) {\n\tlimited := netutil.LimitListener(inner, 100)\n\tfor {\n\t\tconn, _ := limited.Accept()\n\t\tgo serve(conn)CONN\n\t}\n}\n';
    const text = reading('go handle(m)MESSAGE', listens);
    expect(await spawned(text.replace('CONN', ' // HERE').replace('MESSAGE', ''))).toContain('LimitListener');
    expect(await spawned(text.replace('MESSAGE', ' // HERE').replace('CONN', ''))).toBe('hazard');
  });

  const deliveries = (automatic: boolean) => `channel.Consume("orders", "", ${automatic}, false, false, false, nil)`;
  const rabbit = (opened: string, each: string, more = '') => `package orders

import amqp "github.com/rabbitmq/amqp091-go"

func consume(channel *amqp.Channel) {
	channel.Qos(50, 0, false)
	deliveries, _ := ${opened}
	for delivery := range deliveries {
		${each}
	}
}
${more}`;

  it('by the prefetch of RabbitMQ, where messages are acknowledged', async () => {
    const own = 'func (b *Broker) open() {\n\tb.Consume("orders")\n}\n';
    const credit = "the broker's limit on unfinished messages (`Qos`)";
    expect(await spawned(rabbit(deliveries(false), 'go work(delivery) // HERE'))).toBe(credit);
    expect(await spawned(rabbit(deliveries(false), 'go work(delivery) // HERE', own))).toBe(credit);
    expect(await spawned(rabbit(deliveries(true), 'go work(delivery) // HERE'))).toBe('hazard');
    const other = `func copies(channel *amqp.Channel) {\n\tchannel.Consume("copies", "", false, false, false, false, nil)\n}\n`;
    expect(await spawned(rabbit(deliveries(true), 'go work(delivery) // HERE', other))).toBe('hazard');
  });

  it('by the prefetch for a consumer, whatever others of the file do', async () => {
    const consumer = (automatic: boolean) =>
      judged(
        'go/missing-prefetch',
        'orders.go',
        `${rabbit(deliveries(!automatic), 'work(delivery)')}
func copies(connection *amqp.Connection) {
	channel, _ := connection.Channel()
	copies, _ := ${deliveries(automatic)} // HERE
	work(<-copies)
}
`,
      );
    expect(await consumer(false)).toContain('the broker');
    expect(await consumer(true)).toBe('hazard');
  });

  it('by the limit of the broker only as messages, not as connections', async () => {
    const accepting =
      'func listen(listener net.Listener) {\n\tfor {\n\t\tconn, _ := listener.Accept()\n\t\tgo serve(conn) // HERE\n\t}\n}\n';
    expect(await spawned(rabbit(deliveries(false), 'work(delivery)', accepting))).toBe('hazard');
  });

  it('by the setting of a subscription', async () => {
    const nats = (options: string) => `package orders

import "github.com/nats-io/nats.go"

func consume(stream nats.JetStreamContext) {
	stream.Subscribe("orders", func(m *nats.Msg) {
		go work(m) // HERE
	}${options})
}
`;
    expect(await spawned(nats(', nats.MaxAckPending(8)'))).toBe(
      "the broker's limit on unfinished messages (`MaxAckPending`)",
    );
    expect(await spawned(nats(''))).toBe('hazard');
  });
});

describe('a loop of Go that starts a goroutine is left after it', () => {
  it.each([
    ['by a return', 'go handle(m) // HERE\nreturn nil'],
    ['by a break', 'go handle(m) // HERE\nbreak'],
    ['by a goto', 'go handle(m) // HERE\ngoto end'],
    [
      'by a break with its label, out of a select',
      'select {\ncase order := <-s.orders:\ngo handle(order) // HERE\nbreak loop\n}',
    ],
    ['by a break below the condition that starts it', 'if m.Wanted {\ngo handle(m) // HERE\n}\nbreak'],
  ])('%s', async (_how, each) => {
    expect(await spawned(reading(each))).toMatch(/^it leaves the loop on line \d+$/);
  });

  it.each([
    [
      'by a break that ends a select',
      'select {\ncase order := <-s.orders:\ngo handle(order) // HERE\nbreak\ncase <-ctx.Done():\n}',
    ],
    ['by a break that ends a switch', 'switch m.Topic {\ncase "orders":\ngo handle(m) // HERE\nbreak\n}'],
    [
      'by a break that ends a switch over types',
      'switch m.Value.(type) {\ncase Order:\ngo handle(m) // HERE\nbreak\n}',
    ],
    ['by a return in a condition', 'go handle(m) // HERE\nif m.Last {\nreturn nil\n}'],
    ['by going on with the next', 'go handle(m) // HERE\ncontinue'],
  ])('not %s', async (_how, each) => {
    expect(await spawned(reading(each))).toBe('hazard');
  });

  it('not by the end of a function that is called for each message', async () => {
    const handler = 'func onOrder(m *nats.Msg) error {\n\tgo handle(m) // HERE\n\treturn nil\n}\n';
    expect(await spawned(reading('handle(m)', handler))).toBe('hazard');
  });
});

describe('what stops something in Go', () => {
  it('starts as many as there are when it is called', async () => {
    const stopping = (name: string) =>
      spawned(
        reading(
          'handle(m)',
          `func (s *Store) ${name}(messages chan Order) {\n\tfor m := range messages {\n\t\tgo m.Reject() // HERE\n\t}\n}\n`,
        ),
      );
    expect(await stopping('Close')).toBe('`Close` stops things');
    expect(await stopping('discard')).toBe('hazard');
    expect(await spawned(reading('go s.shutdown(m) // HERE'))).toBe('`shutdown` stops something');
  });

  it('may stand outside of all functions', async () => {
    const variable =
      'var handler = func(m *nats.Msg) {\n\tconnection.Subscribe("a", func(m *nats.Msg) {\n\t\tgo handle(m) // HERE\n\t})\n}\n';
    expect(await spawned(`package orders\n\nimport "github.com/nats-io/nats.go"\n\n${variable}`)).toBe('hazard');
  });
});

describe('a message that Go sends on in a loop', () => {
  const sent = (before: string, more: string) =>
    judged(
      'go/unthrottled-producer',
      'copies.go',
      `package copies

import amqp "github.com/rabbitmq/amqp091-go"

func copies(channel *amqp.Channel, values chan []byte) {
	${before}
	for value := range values {
		${more}channel.Publish("copies", "", false, false, amqp.Publishing{Body: value}) // HERE
	}
}
`,
    );

  it('is held back by what the broker answers', async () => {
    expect(await sent('', '')).toBe('hazard');
    expect(await sent('go count(channel.NotifyPublish(confirms))', '')).toBe(
      '`NotifyPublish` takes what the broker answers',
    );
    expect(await sent('channel.Confirm(false)', '')).toBe('`Confirm` takes what the broker answers');
    const deferred = 'first, _ := channel.PublishWithDeferredConfirmWithContext(ctx, "a", "", false, false, message)';
    expect(await sent(deferred, '')).toBe('`PublishWithDeferredConfirmWithContext` takes what the broker answers');
  });

  it('is counted by a condition that leaves out too many', async () => {
    expect(await sent('', 'if unconfirmed > maxUnconfirmed {\ncontinue\n}\n')).toMatch(/^the check on line/);
  });
});
