import { expect, it } from 'vitest';
import { applied } from '../../../src/hazards/fixes/edits';
import { engine } from '../../harness/hazardEngine';

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

it('a semaphore stands above all loops, so that each turn of the outer one does not begin with free places', async () => {
  const text = `package relay

import amqp "github.com/rabbitmq/amqp091-go"

func run(deliveries <-chan amqp.Delivery) {
outer:
	for {
		for m := range deliveries {
			if m.Body == nil {
				continue outer
			}
			go func(m amqp.Delivery) {
				work(m)
			}(m)
		}
	}
}
`;
  const { hazards } = await engine.scanText('go', text, 'relay.go', { only: ['go/unbounded-spawn'] });
  const fixed = hazards.map(({ fixes: [fix] }) => applied(text, fix?.edits ?? []));
  expect(fixed).toHaveLength(1);
  expect(fixed[0]).toContain('{\n\tslots := make(chan struct{}, 8)\nouter:\n\tfor {');
});
