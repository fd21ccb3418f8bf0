import { expect, it } from 'vitest';
import { engine } from '../../harness/hazardEngine';

const copies = (from: string) => `import { Kafka } from 'kafkajs';
import type { Options } from 'amqplib';
import { Channel } from '${from}';

export class Copies {
  constructor(private readonly channel: Channel, readonly options: Options.Publish) {}

  run = () =>
    new Kafka({ brokers: [] }).consumer({ groupId: 'orders' }).run({
      eachMessage: async ({ message }) => {
        this.channel.sendToQueue('copies', Buffer.from(String(message.value)));
      },
    });
}
`;

it('a channel of a class of the program is not waited on for a drain that it need not emit', async () => {
  const fixes = async (from: string) => {
    const only = ['js/unthrottled-producer'];
    const { hazards } = await engine.scanText('typescript', copies(from), 'copies.ts', { only });
    return hazards.map((hazard) => hazard.fixes.map(({ id }) => id));
  };
  expect(await fixes('amqplib')).toEqual([['js/unthrottled-producer/drain']]);
  expect(await fixes('./channel')).toEqual([[]]);
});

const pool = (made: string, more = '') => `import java.util.concurrent.*;
import org.springframework.kafka.annotation.KafkaListener;

class Orders {
  private final ThreadPoolExecutor pool = ${made};
  ${more}
  @KafkaListener(topics = "orders")
  void on(String order) {
    pool.execute(() -> store(order));
  }
}
`;

it('an executor of one thread keeps its order, and one whose policy is set elsewhere that policy', async () => {
  const fixes = async (text: string) => {
    const { hazards } = await engine.scanText('java', text, 'Orders.java', { only: ['java/unbounded-executor'] });
    return hazards.map((hazard) => hazard.fixes.map(({ id }) => id));
  };
  const of = (most: number) =>
    `new ThreadPoolExecutor(1, ${most}, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<Runnable>())`;
  expect(await fixes(pool(of(8)))).toEqual([['java/unbounded-executor/bounded']]);
  expect(await fixes(pool(of(1)))).toEqual([[]]);
  const policy = 'void quiet() { pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardOldestPolicy()); }';
  expect(await fixes(pool(of(8), policy))).toEqual([[]]);
});

it('what is made of a class of the program is not waited on for a drain that it need not emit', async () => {
  const text = (made: string) => `import { PassThrough } from 'node:stream';
import { Framer } from './framer';

export function read(socket) {
  const framer = new ${made}();
  socket.on('data', (data) => {
    framer.write(data);
  });
}
`;
  const fixes = async (made: string) => {
    const { hazards } = await engine.scanText('javascript', text(made), 'a.js', { only: ['js/ignored-write'] });
    return hazards.map((hazard) => hazard.fixes.map(({ id }) => id));
  };
  expect(await fixes('PassThrough')).toEqual([['js/ignored-write/pause']]);
  expect(await fixes('Framer')).toEqual([[]]);
});

const ping = (held: string) => `package rpc

import "github.com/gorilla/websocket"

func (c *codec) pings(conn *websocket.Conn, ticks <-chan int) {
	for range ticks {
		c.mu.Lock()${held}
		conn.WriteMessage(websocket.PingMessage, nil)
		c.mu.Unlock()
	}
}
`;

it('a function is not left early while it holds a lock', async () => {
  const fixes = async (text: string) => {
    const { hazards } = await engine.scanText('go', text, 'pings.go', { only: ['go/ignored-write'] });
    return hazards.map((hazard) => hazard.fixes.map(({ id }) => id));
  };
  expect(await fixes(ping(''))).toEqual([[]]);
  expect(await fixes(ping('').replace(/\t\tc\.mu\.\w+\(\)\n/g, ''))).toEqual([['go/ignored-write/read-error']]);
});

const kept = (list: string, added: string) => `package audit

import amqp "github.com/rabbitmq/amqp091-go"

type Audit struct{ ${list} []string }

func (a *Audit) consume(deliveries <-chan amqp.Delivery) {
	for m := range deliveries {
		a.${list} = append(a.${list}, ${added})
	}
}
`;

it('the oldest go only where they may be lost, and never a part of a whole', async () => {
  const fixes = async (text: string) => {
    const { hazards } = await engine.scanText('go', text, 'audit.go', { only: ['go/unbounded-accumulation'] });
    return hazards.map((hazard) => hazard.fixes.map(({ id }) => id.split('/')[2]));
  };
  expect(await fixes(kept('recent', 'string(m.Body)'))).toEqual([['newest', 'refuse']]);
  expect(await fixes(kept('orders', 'string(m.Body)'))).toEqual([['refuse']]);
  expect(await fixes(kept('recent', 'lines(m)...'))).toEqual([['refuse']]);
});

const collected = (capacity: string) => `package reads

import (
	"encoding/json"
	"net/http"
)

func serve(w http.ResponseWriter, r *http.Request) {
	var queries []Query
	json.NewDecoder(r.Body).Decode(&queries)
	errs := make(chan error${capacity})
	for _, query := range queries {
		query := query
		go func() {
			errs <- query.run()
		}()
	}
	for range queries {
		if err := <-errs; err != nil {
			http.Error(w, err.Error(), 500)
		}
	}
}
`;

it('a loop does not wait for room while nobody takes what its goroutines hand back', async () => {
  const fixes = async (text: string) => {
    const { hazards } = await engine.scanText('go', text, 'reads.go', { only: ['go/unbounded-fanout'] });
    return hazards.map((hazard) => hazard.fixes.map(({ id }) => id));
  };
  expect(await fixes(collected(''))).toEqual([[]]);
  expect(await fixes(collected(', len(queries)'))).toEqual([['go/unbounded-fanout/semaphore']]);
});
