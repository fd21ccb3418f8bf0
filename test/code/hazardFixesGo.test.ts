import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { applied } from '../../src/hazards/fixes/edits';
import { goToolchain } from '../harness/goSources';
import { folder, run, runFolder } from '../harness/tools';
import { engine, fixedText } from '../harness/hazardEngine';

vi.setConfig({ testTimeout: 120_000 });

const toolchain = await goToolchain();

/** By the fix that is wanted, and perhaps what is special: a program that has the hazard, and what stands in it when it is fixed. */
const programs: Record<string, { text: string; wanted: string }> = {
  'go/unbounded-fanout/set-limit': {
    wanted: '\tg, ctx := errgroup.WithContext(ctx)\n\tg.SetLimit(8)\n',
    text: `package fixed

import (
	"context"
	"os"

	"golang.org/x/sync/errgroup"
)

func All(ctx context.Context, work func(context.Context, os.DirEntry) error) error {
	g, ctx := errgroup.WithContext(ctx)
	entries, err := os.ReadDir(".")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		g.Go(func() error { return work(ctx, entry) })
	}
	return g.Wait()
}
`,
  },
  'go/unbounded-fanout/semaphore': {
    wanted: '\t\tslots <- struct{}{}\n\t\tgo func() {\n\t\t\tdefer func() { <-slots }()\n',
    text: `package fixed

import (
	"os"
	"sync"
)

func All(work func(os.DirEntry)) {
	var wg sync.WaitGroup
	entries, _ := os.ReadDir(".")
	for _, entry := range entries {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(entry)
		}()
	}
	wg.Wait()
}
`,
  },
  'go/ignored-write/read-error': {
    wanted: '\t\tif err := stream.Send(n); err != nil {\n\t\t\treturn err\n\t\t}\n',
    text: `package fixed

type Orders_WatchServer interface{ Send(int) error }

func Watch(numbers <-chan int, stream Orders_WatchServer) error {
	for n := range numbers {
		stream.Send(n)
	}
	return nil
}
`,
  },
  'go/unbounded-spawn/room': {
    wanted: '\tanswer := make(chan string, 1)\n',
    text: `package fixed

import "context"

func Ask(ctx context.Context, search func() string) (string, error) {
	answer := make(chan string)
	go func() {
		answer <- search()
	}()
	select {
	case text := <-answer:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
`,
  },
  'go/unthrottled-producer/read-error': {
    wanted: 'amqp.Publishing{Body: row}); err != nil {\n\t\t\treturn\n\t\t}\n',
    text: `package fixed

import amqp "github.com/rabbitmq/amqp091-go"

func All(channel *amqp.Channel, rows [][]byte) {
	for _, row := range rows {
		channel.Publish("", "rows", false, false, amqp.Publishing{Body: row})
	}
}
`,
  },
  'go/misplaced-limiter/hoist': {
    wanted:
      'var slots = make(chan struct{}, 4)\n\n// Serve does it.\nfunc Serve(work func()) {\n\tslots <- struct{}{}\n',
    text: `package fixed

// Serve does it.
func Serve(work func()) {
	slots := make(chan struct{}, 4)
	slots <- struct{}{}
	work()
	<-slots
}
`,
  },
  'go/silent-drop/count': {
    wanted: '\tdefault:\n\t\tdroppedByOffer.Add(1)\n',
    text: `package fixed

import (
	"strings"
	"time"
)

func Offer(jobs chan string, job string) {
	select {
	case jobs <- strings.ToUpper(job) + time.Now().String():
	default:
	}
}
`,
  },
  'go/silent-drop/wait': {
    wanted: '\tcase <-ctx.Done():\n\t}\n',
    text: `package fixed

import "context"

func Offer(ctx context.Context, jobs chan string, job string) {
	select {
	case jobs <- job:
	default:
	}
}
`,
  },
  'go/ignores-disconnect/context': {
    wanted: '\tfor range ticker.C {\n\t\tif err := r.Context().Err(); err != nil {\n\t\t\treturn\n\t\t}\n',
    text: `package fixed

import (
	"fmt"
	"net/http"
	"time"
)

func Events(w http.ResponseWriter, r *http.Request) {
	ticker := time.NewTicker(time.Second)
	for range ticker.C {
		fmt.Fprint(w, "data: 1\\n\\n")
	}
}
`,
  },
  'go/unbounded-queue/refuse': {
    wanted: '\tif len(r.items) >= 1000 {\n\t\treturn errors.New("r.items is full")\n\t}\n\tr.items = append(',
    text: `package fixed

import amqp "github.com/rabbitmq/amqp091-go"

type Relay struct{ items []string }

func (r *Relay) Start(deliveries <-chan amqp.Delivery) {
	for m := range deliveries {
		_ = r.put(m)
	}
}

func (r *Relay) put(m amqp.Delivery) error {
	r.items = append(r.items, string(m.Body))
	return nil
}

func (r *Relay) Next() string {
	first := r.items[0]
	r.items = r.items[1:]
	return first
}
`,
  },
  'go/unbounded-accumulation/newest': {
    wanted: '\t\tif len(a.recent) > 1000 {\n\t\t\ta.recent = a.recent[len(a.recent)-1000:]\n\t\t}\n',
    text: `package fixed

import amqp "github.com/rabbitmq/amqp091-go"

type Audit struct{ recent []string }

func (a *Audit) Consume(deliveries <-chan amqp.Delivery) {
	for m := range deliveries {
		a.recent = append(a.recent, string(m.Body))
	}
}
`,
  },
  'go/unbounded-accumulation/refuse': {
    wanted: '\t\tif len(whole) >= 1<<20 {\n\t\t\treturn nil, 0, errors.New("whole is too long")\n\t\t}\n',
    text: `package fixed

import "bufio"

func Line(reader *bufio.Reader) (line []byte, pieces int, err error) {
	var whole []byte
	for pieces := 1; ; pieces++ {
		piece, more, err := reader.ReadLine()
		if err != nil {
			return nil, pieces, err
		}
		whole = append(whole, piece...)
		if !more {
			return whole, pieces, nil
		}
	}
}
`,
  },
  'go/unbounded-queue/wait': {
    wanted:
      '\t\t\treceiving = nil // never ready: nothing is received until there is room again\n\t\t}\n\t\tselect {\n',
    text: `package fixed

func Relay(jobs <-chan string, out chan<- string, done <-chan struct{}) {
	var behind []string
	for {
		var next chan<- string
		var first string
		if len(behind) > 0 {
			next, first = out, behind[0]
		}
		select {
		case job := <-jobs:
			behind = append(behind, job)
		case next <- first:
			behind = behind[1:]
		case <-done:
			return
		}
	}
}
`,
  },
  'go/unbounded-read/max-bytes': {
    wanted: 'io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))',
    text: `package fixed

import (
	"io"
	"net/http"
)

func Upload(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		w.Write(body)
	}
}
`,
  },
  'go/unbounded-read/max-bytes where nobody is answered': {
    wanted: 'io.ReadAll(http.MaxBytesReader(nil, r.Body, 1<<20))',
    text: `package fixed

import (
	"io"
	"net/http"
)

func Note(keep func([]byte)) http.HandlerFunc {
	return func(_ http.ResponseWriter, r *http.Request) {
		if body, err := io.ReadAll(r.Body); err == nil {
			keep(body)
		}
	}
}
`,
  },
  'go/unbounded-read/count': {
    wanted: 'Streams: []string{"orders", "0"}, Count: 100})',
    text: `package fixed

import (
	"context"

	"github.com/redis/go-redis/v9"
)

func Read(ctx context.Context, client *redis.Client) error {
	return client.XRead(ctx, &redis.XReadArgs{Streams: []string{"orders", "0"}}).Err()
}
`,
  },
};

describe.skipIf(!toolchain.ok)('quick fixes in Go', () => {
  it('leave programs that compile, are formatted, and have no such hazard', async () => {
    const root = mkdtempSync(path.join(folder(runFolder, 'fixes'), 'go-'));
    const required = [
      'github.com/rabbitmq/amqp091-go v1.10.0',
      'golang.org/x/sync v0.7.0',
      'github.com/redis/go-redis/v9 v9.7.0',
    ];
    writeFileSync(
      path.join(root, 'go.mod'),
      `module example.com/fixed\n\ngo 1.22\n\nrequire (\n${required.map((each) => `\t${each}\n`).join('')})\n`,
    );
    for (const [id, { text, wanted }] of Object.entries(programs)) {
      const result = await fixedText('go', 'main.go', text, id.split(' ')[0] ?? id);
      expect(result).toContain(wanted);
      const into = path.join(root, id.replaceAll(/\W/g, '_'));
      mkdirSync(into);
      writeFileSync(path.join(into, 'main.go'), result);
    }
    await run('go', ['vet', '-mod=mod', './...'], { cwd: root });
    expect((await run('gofmt', ['-l', '.'], { cwd: root })).stdout).toBe('');
  });
});

describe('counting what is dropped in Go', () => {
  const program = (imports: string) => `package fixed

${imports}

func (h *Hub) offer(job string) {
	select {
	case h.jobs <- job:
	default:
	}
	select {
	case h.more <- job:
	default:
	}
}
`;
  const fixed = async (text: string) => {
    const { hazards } = await engine.scanText('go', text, 'hub.go', { only: ['go/silent-drop'] });
    const fix = hazards.flatMap(({ fixes }) => fixes).find(({ id }) => id === 'go/silent-drop/count');
    return fix ? applied(text, fix.edits) : null;
  };

  it('has one counter for a function, by a name that no other file of the package takes', async () => {
    const once = (await fixed(program('import "time"'))) ?? '';
    const twice = (await fixed(once)) ?? '';
    expect(twice.split('droppedByHubOffer.Add(1)')).toHaveLength(3);
    expect(twice.split('var droppedByHubOffer atomic.Int64')).toHaveLength(2);
    expect(await fixed(twice)).toBeNull();
  });

  it('is not offered where another package has the name of the one that counts', async () => {
    expect(await fixed(program('import "go.uber.org/atomic"'))).toBeNull();
    expect(await fixed(program('import atomic "example.com/counters"'))).toBeNull();
  });
});
